using AngleSharp.Dom;
using Bunit;
using PeerWeb.Core.Calendars;
using PeerWeb.Core.Primitives;
using PeerWeb.Features.Sharing.Components;
using PeerWeb.Features.Sharing.Matrix;
using PeerWeb.Features.Sharing.State;
using Xunit;
using static PeerWeb.Tests.Features.Sharing.Matrix.MatrixWorld;

namespace PeerWeb.Tests.Features.Sharing.Components;

public sealed class AclMatrixTests : BunitContext
{
    private readonly List<TickAction> _ticks = [];

    public AclMatrixTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    public void Every_right_of_every_row_is_a_labelled_native_checkbox()
    {
        var matrix = Matrix(Facts((Sam, Work, Rights.Read | Rights.Edit, 1)));

        var cells = matrix.FindAll("[data-testid=acl-grid] [data-testid=acl-cell]");
        Assert.Equal(18, cells.Count);
        Assert.Equal(
            ["freebusy", "read", "add", "edit", "delete", "private"],
            cells.Where(cell => cell.GetAttribute("data-collection") == "all").Select(cell => cell.GetAttribute("data-right")));
        Assert.All(cells, cell => Assert.Equal("sam@globex.example", cell.GetAttribute("data-principal")));
        Assert.Equal("sam@globex.example can edit Work", Box(matrix, Work, "edit").GetAttribute("aria-label"));
        Assert.Equal("sam@globex.example can read all calendars", Box(matrix, null, "read").GetAttribute("aria-label"));
        Assert.Equal(
            ["read", "edit"],
            cells.Where(cell => cell.QuerySelector("input[type=checkbox]")?.HasAttribute("checked") is true).Select(cell => cell.GetAttribute("data-right")));
        Assert.Empty(matrix.FindAll("[data-testid=acl-save]"));
    }

    [Fact]
    public void A_tick_is_told_as_one_right_of_one_row()
    {
        var matrix = Matrix(Facts((Sam, Work, Rights.Read, 1)));

        Box(matrix, Work, "add").Change(true);
        Box(matrix, Work, "read").Change(false);

        Assert.Equal([new TickAction(Key(Sam, Work), Rights.Add, true), new TickAction(Key(Sam, Work), Rights.Read, false)], _ticks);
    }

    [Fact]
    public void What_is_ticked_and_not_saved_stands_in_the_bar_word_by_word()
    {
        var facts = Facts((Sam, Work, Rights.Read | Rights.Add, 1));
        var draft = MatrixDraft.Empty.Tick(facts, Key(Sam, Work), Rights.Edit, isTicked: true).Tick(facts, Key(Sam, Work), Rights.Add, isTicked: false);

        var matrix = Matrix(facts, draft);

        Assert.Equal("sam@globex.example: + edit on Work, − add on Work", Words(matrix.Find("[data-testid=acl-diff]")));
        Assert.Equal("Save", matrix.Find("[data-testid=acl-save]").TextContent);
    }

    [Fact]
    public void A_disabled_box_says_why()
    {
        var matrix = Matrix(Facts((Sam, Work, Rights.Add, 1)));

        Assert.True(Box(matrix, Work, "edit").HasAttribute("disabled"));
        Assert.Equal("Needs Read: tick that first.", Box(matrix, Work, "edit").GetAttribute("aria-description"));
        Assert.Equal("Needs Read: tick that first.", Box(matrix, Work, "edit").Closest("td")?.GetAttribute("title"));
        Assert.False(Box(matrix, Work, "read").HasAttribute("disabled"));
    }

    [Fact]
    public void While_it_is_saved_nothing_can_be_ticked()
    {
        var facts = Facts((Sam, Work, Rights.Read, 1));

        var matrix = Matrix(facts, MatrixDraft.Empty.Tick(facts, Key(Sam, Work), Rights.Edit, isTicked: true), isSaving: true);

        Assert.All(matrix.FindAll("[data-testid=acl-cell] input"), box => Assert.True(box.HasAttribute("disabled")));
        Assert.Equal("Saving…", matrix.Find("[data-testid=acl-save]").TextContent);
    }

    [Fact]
    public void Rows_without_rights_fold_where_there_are_many_and_unfold_on_demand()
    {
        var many = Facts((Sam, Work, Rights.Read, 1));
        var (calendars, teams) = (many.Apps[0], Enumerable.Range(1, 6).Select(i => new MatrixCollection(CollectionId.New(), $"Team {i}", null)));
        many = many with { Apps = [calendars with { Collections = [.. calendars.Collections, .. teams] }] };
        var matrix = Matrix(many);
        Assert.Equal(["all", Work.ToString()], matrix.FindAll("[data-testid=acl-row]").Select(row => row.GetAttribute("data-collection")));

        var more = matrix.Find("[data-testid=acl-more]");
        Assert.Equal("Show 7 more", more.TextContent);
        more.Click();

        Assert.Equal(9, matrix.FindAll("[data-testid=acl-row]").Count);
    }

    [Fact]
    public void The_dialog_of_one_collection_shows_its_cells_alone_and_hints_what_comes_from_all()
    {
        var elsewhere = Everyone with { Name = "everyone@initech.example" };
        var matrix = Matrix(Facts((Sam, null, Rights.Read, 1), (Bob, Work, Rights.Add, 1), (elsewhere, Home, Rights.Read, 1)), only: Work);

        Assert.All(matrix.FindAll("[data-testid=acl-cell]"), cell => Assert.Equal(Work.ToString(), cell.GetAttribute("data-collection")));
        Assert.Equal(["sam@globex.example", "bob@acme.example"], matrix.FindAll("[data-testid=acl-row]").Select(row => row.GetAttribute("data-principal")));
        Assert.Contains("Read also through All calendars", matrix.Find("[data-testid=acl-row]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_was_added_gets_the_focus_and_the_field_is_empty_for_the_next()
    {
        var facts = Facts((Bob, Work, Rights.Read, 1));
        var matrix = Matrix(facts);
        matrix.Find("[data-testid=acl-add-principal]").Input("sam@globex.example");

        matrix.Render(parameters => parameters
            .Add(m => m.Draft, MatrixDraft.Empty.Add(Sam))
            .Add(m => m.Add, new AddNotice(IsRefusal: false, "There.", Sam.Principal)));

        Assert.Equal(string.Empty, matrix.Find("[data-testid=acl-add-principal]").GetAttribute("value"));
        JSInterop.VerifyFocusAsyncInvoke();
        Assert.Equal(6, matrix.FindAll("[data-testid=acl-cell][data-principal='sam@globex.example'][data-collection=all]").Count);
    }

    private static IElement Box(IRenderedComponent<AclMatrix> matrix, CollectionId? collection, string right) =>
        matrix.Find($"[data-testid=acl-cell][data-collection='{collection?.ToString() ?? "all"}'][data-right={right}] input");

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IRenderedComponent<AclMatrix> Matrix(MatrixFacts facts, MatrixDraft? draft = null, CollectionId? only = null, bool isSaving = false) =>
        Render<AclMatrix>(parameters => parameters
            .Add(m => m.Facts, facts)
            .Add(m => m.Draft, draft ?? MatrixDraft.Empty)
            .Add(m => m.Only, only is { } one ? (CalendarApp.AppId, one) : null)
            .Add(m => m.IsSaving, isSaving)
            .Add(m => m.OnTick, _ticks.Add));
}
