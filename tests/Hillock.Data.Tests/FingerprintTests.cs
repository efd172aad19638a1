namespace Hillock.Data.Tests;

/// <summary>A fingerprint tells data apart by what can be learned from them.</summary>
public sealed class FingerprintTests : IDisposable
{
    private const string Table = "x,colour,class\n1,red,0\n2,blue,1\n3,red,0\n4,blue,1\n";
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_does_not_depend_on_how_the_same_table_is_written()
    {
        string original = Of(Table);
        original.ShouldMatch("^[0-9a-f]{64}$");
        Of(Table.Replace("\n", "\r\n")).ShouldBe(original);
        Of(Table.Replace(',', ';')).ShouldBe(original);
        Of(Table.Replace("1,red", "1.0, \"red\"")).ShouldBe(original);
        Of(Table.Replace("x,colour,class\n", "")).ShouldBe(original);
        string left = Of(Table, new DataOptions { LeaveOut = ["colour"] });
        Of(Table.Replace("red", "green"), new DataOptions { LeaveOut = ["2"] }).ShouldBe(left, "what is left out does not matter");
        Of(Table, new DataOptions { Target = "class", MissingTokens = ["never"], Seed = 7 }).ShouldBe(original);
    }

    [Fact]
    public void It_depends_on_all_that_changes_what_is_learned()
    {
        string[] all =
        [
            Of(Table),
            Of(Table.Replace("4,", "5,")),
            Of(Table.Replace("red", "green")),
            Of(Table.Replace("4,blue,1", "4,blue,0")),
            Of(Table.Replace("4,blue,1", "4,?,1")),
            Of(Table.Replace("2,blue,1\n3,red,0", "3,red,0\n2,blue,1")),
            Of(Table, new DataOptions { Target = "colour" }),
            Of(Table, new DataOptions { LeaveOut = ["colour"] }),
            Of(Table, new DataOptions { LeaveOut = ["x"] }),
            Of(Table, new DataOptions { Task = TaskKind.Regression }),
            Of(Table, new DataOptions { MissingTokens = ["4"] }),
            Of(Table.Replace("class", "7")),
        ];
        all.Distinct().Count().ShouldBe(all.Length - 1, "only the name of a column changes nothing");
    }

    [Fact]
    public void It_depends_on_the_seed_and_number_of_synthetic_samples()
    {
        foreach (string name in new[] { "digits", "moons", "spirals" })
        {
            string[] all = [Of(0, 60), Of(1, 60), Of(0, 61)];
            all.Distinct().Count().ShouldBe(3);
            Of(0, 60).ShouldBe(all[0]);

            string Of(ulong seed, int samples) => DataSources.Open(name, new DataOptions { Seed = seed, Samples = samples }).Fingerprint;
        }
    }

    private string Of(string text, DataOptions? options = null) => DataSources.Open(_folder.Write("t.csv", text), options).Fingerprint;
}
