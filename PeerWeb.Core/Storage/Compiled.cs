using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PeerWeb.Core.Storage;

/// <summary>A query that every call asks, translated once for each provider: EF Core ties a compiled query to one model.</summary>
internal sealed class Compiled<TQuery>(Func<TQuery> compile)
    where TQuery : Delegate
{
    private readonly ConditionalWeakTable<IModel, TQuery> _queries = [];

    public TQuery For(PeerWebContext db) => _queries.GetValue(db.Model, _ => compile());
}
