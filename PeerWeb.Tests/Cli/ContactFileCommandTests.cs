using System.Text;
using Xunit;

namespace PeerWeb.Tests.Cli;

/// <summary>Files of contacts, todos and notes by command: cards and tables in, and each form out again.</summary>
public sealed class ContactFileCommandTests : IAsyncLifetime
{
    private const string Table = "Wer,E-mail Address,Colour\r\nAda Lovelace,ada@acme.example,=1+1\r\ntoo,many,values,here\r\nGrace Hopper,grace@navy.example,red\r\n";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("peerweb-cli-");

    public async ValueTask InitializeAsync() => (await RunAsync("user", "add", "ada", "--password-stdin")).Succeeded();

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_table_is_imported_by_its_columns_as_recognised_and_as_said()
    {
        var file = await WriteAsync("people.csv", Table);

        var preview = (await ImportAsync(file, "--map", "Wer=name", "--dry-run")).SucceededPartly();
        Assert.StartsWith("Wer = name\nE-mail Address = mail\nNot imported: Colour\n", preview.Out, StringComparison.Ordinal);
        Assert.EndsWith("2 would be added, 0 updated, 0 unchanged, 1 cannot be imported. Nothing was written.\n", preview.Out, StringComparison.Ordinal);

        var first = (await ImportAsync(file, "--map", "wer=name", "--map", "Colour=nickname")).SucceededPartly();
        Assert.Contains("too: The row has 4 values, and the file 3 columns. (line 3)", first.Out, StringComparison.Ordinal);
        Assert.EndsWith("2 added, 0 updated, 0 unchanged, 1 failed.\n", first.Out, StringComparison.Ordinal);
        Assert.EndsWith("0 added, 0 updated, 2 unchanged, 1 failed.\n", (await ImportAsync(file, "--map", "Wer=name", "--map", "Colour=nickname")).SucceededPartly().Out, StringComparison.Ordinal);

        var table = (await RunAsync("export", "--app", "addressbook", "--user", "ada", "--calendar", "Address book", "--form", "csv")).Succeeded().Out;
        Assert.Contains(",'=1+1,", table, StringComparison.Ordinal);
        Assert.EndsWith(" 0 updated, 2 unchanged, 0 failed.\n", (await ImportAsync(await WriteAsync("again.csv", table))).Succeeded().Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_of_columns_and_is_wrong_lists_what_there_is()
    {
        var file = await WriteAsync("people.csv", Table);

        (await ImportAsync(file, "--map", "Who=name")).FailedWith("The file has no column Who. It has: Wer, E-mail Address, Colour.");
        var field = await ImportAsync(file, "--map", "Wer=colour");
        Assert.Equal(1, field.Code);
        Assert.StartsWith("There is no field colour. There are: none, uid, name, given-name,", field.Error, StringComparison.Ordinal);
        Assert.Contains(" phone:cell, ", field.Error, StringComparison.Ordinal);
        (await ImportAsync(file, "--map", "Wer")).FailedWith("Wer is none; --map is written as \"Column=field\".");
        (await ImportAsync(await WriteAsync("cards.vcf", Card("1", "Ada")), "--map", "Wer=name")).FailedWith("--map is for files that are tables, and this is none.");
        Assert.EndsWith(" 0 unchanged, 0 failed.\n", (await ImportAsync(await WriteAsync("one.vcf", Card("1", "Ada")))).Succeeded().Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cards_leave_in_the_form_that_the_ending_says_and_come_back_unchanged()
    {
        (await ImportAsync(await WriteAsync("cards.vcf", Card("1", "Ada") + Card("2", "Grace") + Card("1", "Ada again")))).SucceededPartly();
        foreach (var (name, version) in ((string, string)[])[("out.vcf", "VERSION:4.0"), ("out.csv", "Given Name")])
        {
            var path = Path.Combine(_directory.FullName, name);
            (await RunAsync("export", path, "--app", "addressbook", "--user", "ada", "--all")).Succeeded();
            Assert.Contains(version, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.EndsWith("0 added, 0 updated, 2 unchanged, 0 failed.\n", (await ImportAsync(path)).Succeeded().Out, StringComparison.Ordinal);
        }
        var old = (await RunAsync("export", "--app", "addressbook", "--user", "ada", "--all", "--form", "vcf3")).Succeeded().Out;
        Assert.Contains("VERSION:3.0", old, StringComparison.Ordinal);
        Assert.EndsWith("0 added, 0 updated, 2 unchanged, 0 failed.\n", (await ImportAsync(await WriteAsync("old.vcf", old))).Succeeded().Out, StringComparison.Ordinal);
        (await RunAsync("export", "--app", "addressbook", "--user", "ada", "--all", "--form", "xls")).FailedWith("There is no form xls of addressbook. There are: vcf, vcf3, csv.");
        (await RunAsync("export", Path.Combine(_directory.FullName, "out.csv"), "--app", "todo", "--user", "ada", "--all")).FailedWith(".csv is no form of todo. There are: .ics.");
    }

    [Theory]
    [InlineData("todo", "VTODO", "Todo list")]
    [InlineData("notes", "VJOURNAL", "Notebook")]
    public async Task Todos_and_notes_go_the_same_way(string app, string component, string collection)
    {
        var file = await WriteAsync(
            "in.ics", $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Tests//EN\r\nBEGIN:{component}\r\nUID:{app}-1\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Glaze\r\nX-KEPT:as it is\r\nEND:{component}\r\nEND:VCALENDAR\r\n");
        (await RunAsync("import", file, "--app", app, "--user", "ada")).Succeeded();

        var exported = (await RunAsync("export", "--app", app, "--user", "ada", "--calendar", collection)).Succeeded().Out;

        Assert.Contains("X-KEPT:as it is", exported, StringComparison.Ordinal);
        Assert.Equal("0 added, 0 updated, 1 unchanged, 0 failed.\n", (await RunAsync("import", await WriteAsync("out.ics", exported), "--app", app, "--user", "ada")).Succeeded().Out);
    }

    private static string Card(string uid, string name) => $"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{name}\r\nEND:VCARD\r\n";

    private Task<CliRun> ImportAsync(string file, params string[] options) => RunAsync(["import", file, "--app", "addressbook", "--user", "ada", .. options]);

    private Task<CliRun> RunAsync(params string[] args) => CliRun.OfAsync([.. args, "--data", Path.Combine(_directory.FullName, "data")], input: "correct horse battery\n");

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(_directory.FullName, name);
        await File.WriteAllTextAsync(path, text, new UTF8Encoding(false), TestContext.Current.CancellationToken);
        return path;
    }
}
