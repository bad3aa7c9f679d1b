namespace PeerWeb.Core.Federation.Merge;

/// <summary>One question at a time for each key, whoever asks. Who comes while one runs gets the answer of the next, which begins after they came; however many come, one waits.</summary>
/// <remarks>So answers for a key also arrive in the order in which they were true.</remarks>
internal sealed class SharedQuestions<TKey, TAnswer>
    where TKey : notnull
{
    private readonly Lock _gate = new();

    /// <summary>By key the question that was asked last: it runs, or waits for the one that does.</summary>
    private readonly Dictionary<TKey, Question> _last = [];

    /// <param name="ask">Canceled once nobody waits for its answer.</param>
    public async Task<TAnswer> AskAsync(TKey key, Func<CancellationToken, Task<TAnswer>> ask, CancellationToken cancellationToken)
    {
        var question = Join(key, ask);
        try
        {
            return await question.Answer.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(question);
        }
    }

    private Question Join(TKey key, Func<CancellationToken, Task<TAnswer>> ask)
    {
        lock (_gate)
        {
            if (!_last.TryGetValue(key, out var question) || question.HasBegun || question.IsLeft)
            {
                var before = question?.Answer ?? Task.CompletedTask;
                var mine = question = _last[key] = new Question();
                // Not on the asker's thread: the answer is others' as well.
                mine.Answer = Task.Run(() => RunAsync(key, mine, ask, before));
            }
            question.Askers++;
            return question;
        }
    }

    private void Leave(Question question)
    {
        lock (_gate)
        {
            question.IsLeft = --question.Askers == 0;
            if (!question.IsLeft || question.Answer.IsCompleted)
                return;
        }
        question.Left.Cancel();
    }

    private async Task<TAnswer> RunAsync(TKey key, Question question, Func<CancellationToken, Task<TAnswer>> ask, Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            lock (_gate)
                question.HasBegun = true;
            question.Left.Token.ThrowIfCancellationRequested();
            return await ask(question.Left.Token);
        }
        finally
        {
            lock (_gate)
            {
                if (ReferenceEquals(_last.GetValueOrDefault(key), question))
                    _last.Remove(key);
            }
        }
    }

    private sealed class Question
    {
        public CancellationTokenSource Left { get; } = new();

        public Task<TAnswer> Answer { get; set; } = Task.FromCanceled<TAnswer>(new CancellationToken(canceled: true));

        public int Askers { get; set; }

        public bool HasBegun { get; set; }

        /// <summary>Nobody waits for it any more; who comes now needs another.</summary>
        public bool IsLeft { get; set; }
    }
}
