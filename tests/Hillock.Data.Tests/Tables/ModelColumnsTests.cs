using Hillock.Data.Tables;

namespace Hillock.Data.Tests.Tables;

/// <summary>Other tables than the one that was trained on: columns go by their names where there are some.</summary>
public sealed class ModelColumnsTests : IDisposable
{
    private const string Training = "id,width,kind,height,class\nr1,1,red,10,a\nr2,3,blue,30,b\nr3,2,red,20,a\n";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("id,width,kind,height,class\nx,3,blue,30,b\n")]
    [InlineData("class,height,width,kind\nb,30,3,blue\n")]
    [InlineData("HEIGHT,Width,KIND,Class\n30,3,blue,b\n")]
    [InlineData("note,width,height,more,kind,class\nwords,3,30,9,blue,b\n")]
    [InlineData("id,width,kind,height,class\n?,3,blue,30,b\n?,3,blue,30,b\n")]
    public void Columns_are_found_by_name(string other)
    {
        TablePreparation model = Model(Training);
        DataSource source = Open(other, model);
        source.Count.ShouldBeInRange(1, 2);
        Networks.Dataset data = model.Apply(source, [0]);
        Near(data.Inputs.ToArray());
        data.Labels.ToArray().ShouldBe([1]);
    }

    [Theory]
    [InlineData("width,kind,height\n3,blue,30\n")]
    [InlineData("height,kind,width\n30,blue,3\n")]
    [InlineData("r9,3,blue,30\n")]
    [InlineData("r9,3,blue,30,b\n")]
    public void A_target_may_be_absent_and_without_a_header_columns_go_by_place(string other)
    {
        TablePreparation model = Model(Training);
        DataSource source = DataSources.Open(_folder.Write("other.csv", other), new DataOptions { Prepared = model, WithoutTarget = true });
        Near(model.ApplyInputs(source, [0]).Inputs.ToArray());
    }

    [Theory]
    [InlineData("width,kind,class\n3,blue,b\n", "has no column 'height', and the model was trained on it; the columns here are width, kind, class")]
    [InlineData("w,k,class\n3,blue,b\n", "has no column 'width', 'kind', 'height', and the model was trained on them; the columns here are w, k, class")]
    [InlineData("width,kind,height\n3,blue,30\n", "has no column for the target, column 5 (class): there is nothing to judge predictions by")]
    [InlineData("width,width,kind,height,class\n3,3,blue,30,b\n", "columns 1 and 2 are both called 'width', and the model was trained on one of that name")]
    [InlineData("3,blue,30\n", "has 3 columns, and the model was trained on 4 and the target")]
    [InlineData("width,kind,height,class\ntall,blue,30,b\n", "line 2, column 1 (width): 'tall' is not a number, and the model was trained on numbers; correct it, or count it as missing with --missing tall")]
    public void What_is_missing_is_named(string other, string expected) =>
        Should.Throw<DataException>(() => Open(other, Model(Training))).Message.ShouldContain(expected);

    [Fact]
    public void The_texts_that_mean_a_missing_value_go_with_the_model()
    {
        const string Table = "q,kind,class\n1.5,red,a\nnull,blue,b\n2.5,red,a\n-,blue,b\n";
        DataOptions options = new() { MissingTokens = ["null", "-"] };
        DataSource source = DataSources.Open(_folder.Write("t.csv", Table), options);
        Preparation fitted = source.Fit([0, 1, 2, 3]);
        TablePreparation read = (TablePreparation)PreparationJson.Read(PreparationJson.Write(fitted));
        read.MissingTokens.ShouldBe(["null", "-"]);
        read.Apply(Open(Table, read), [0, 1, 2, 3]).Inputs.ToArray().ShouldBe(fitted.Apply(source, [0, 1, 2, 3]).Inputs.ToArray());

        // A model of before the texts were kept is read as one that has none.
        string old = PreparationJson.Write(fitted).Replace(",\"missingTokens\":[\"null\",\"-\"]", "", StringComparison.Ordinal)
            .Replace("\"missingTokens\":[\"null\",\"-\"],", "", StringComparison.Ordinal);
        old.ShouldNotContain("missingTokens");
        ((TablePreparation)PreparationJson.Read(old)).MissingTokens.ShouldBeEmpty();
    }

    // (3 - 2) / 1; of blue and red the first; (30 - 20) / 10: means and deviations of the first two rows.
    private static void Near(float[] inputs) => inputs.ShouldBe([1, 1, 0, 1]);

    private TablePreparation Model(string training) => (TablePreparation)DataSources.Open(_folder.Write("t.csv", training)).Fit([0, 1]);

    private DataSource Open(string text, Preparation model) => DataSources.Open(_folder.Write("other.csv", text), new DataOptions { Prepared = model });
}
