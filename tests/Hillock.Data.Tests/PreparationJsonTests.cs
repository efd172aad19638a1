using Hillock.Data.Tables;
using Hillock.Data.Tests.Sound;

namespace Hillock.Data.Tests;

/// <summary>A stored preparation does what the fitted one does.</summary>
public sealed class PreparationJsonTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_s_preparation_comes_back()
    {
        string path = _folder.Write("data.csv", "id,size,colour,good\nx1,1.1,red,yes\nx2,3,\"blue, or so\",no\nx3,?,red,yes\nx4,7,green,no\n");
        DataSource source = DataSources.Open(path);
        TablePreparation fitted = (TablePreparation)source.Fit([0, 1, 2]);
        TablePreparation stored = PreparationJson.Read(PreparationJson.Write(fitted)).ShouldBeOfType<TablePreparation>();
        stored.Target.ShouldBe(new TargetColumn(4, "good"));
        stored.Classes.ShouldBe(["no", "yes"]);
        stored.Columns.Select(c => c.GetType()).ShouldBe([typeof(LeftOutPreparation), typeof(NumericPreparation), typeof(CategoricalPreparation)]);
        stored.Apply(source, [3, 2, 1, 0]).Inputs.ToArray().ShouldBe(fitted.Apply(source, [3, 2, 1, 0]).Inputs.ToArray());
    }

    [Fact]
    public void The_preparation_of_images_and_of_a_regression_come_back()
    {
        DataSource digits = DataSources.Open("digits", new DataOptions { Samples = 40 });
        Preparation fitted = digits.Fit([0, 1, 2, 3]);
        Preparation stored = PreparationJson.Read(PreparationJson.Write(fitted));
        stored.Shape.ShouldBe(fitted.Shape);
        stored.Apply(digits, [5, 6]).Inputs.ToArray().ShouldBe(fitted.Apply(digits, [5, 6]).Inputs.ToArray());

        DataSource numbers = DataSources.Open(_folder.Write("numbers.csv", "1,0.5\n2,0.25\n3,10.125\n"));
        Preparation regression = PreparationJson.Read(PreparationJson.Write(numbers.Fit([0, 1, 2])));
        regression.TargetMean.ShouldBe(3.625);
        regression.TargetScale.ShouldBe(numbers.Fit([0, 1, 2]).TargetScale);
    }

    [Fact]
    public void The_preparation_of_texts_comes_back()
    {
        _folder.Write("bad.txt", "a good film , really\na bad film , sadly\na film of our time\n");
        _folder.Write("good.txt", "fine film\nvery fine indeed\n");
        DataSource source = DataSources.Open(_folder.Root);
        Preparation fitted = source.Fit([0, 1, 2, 3]);
        Preparation stored = PreparationJson.Read(PreparationJson.Write(fitted));
        stored.Shape.ShouldBe(fitted.Shape);
        stored.Apply(source, [4, 1, 0]).Inputs.ToArray().ShouldBe(fitted.Apply(source, [4, 1, 0]).Inputs.ToArray());
    }

    [Fact]
    public void The_preparation_of_sounds_comes_back()
    {
        foreach ((string file, int pitch) in new[] { ("low/1.wav", 200), ("low/2.wav", 250), ("high/1.wav", 900), ("high/2.wav", 950) })
        {
            _folder.Write(file, Wav.Bytes(8000, Wav.Tone(8000, pitch, 400)));
        }

        DataSource source = DataSources.Open(_folder.Root);
        Preparation fitted = source.Fit([0, 1, 2]);
        Preparation stored = PreparationJson.Read(PreparationJson.Write(fitted));
        stored.Shape.ShouldBe(fitted.Shape);
        stored.Apply(source, [3, 0]).Inputs.ToArray().ShouldBe(fitted.Apply(source, [3, 0]).Inputs.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"preparation":"music"}""")]
    [InlineData("""{"preparation":"table"}""")]
    [InlineData("""{"preparation":"table","columns":null,"target":{"number":1,"name":null},"classes":[],"targetMean":0,"targetScale":1}""")]
    [InlineData("""{"preparation":"images","shape":{"dimensions":[0]},"mean":0,"scale":1,"classes":["a","b"]}""")]
    public void What_is_no_preparation_is_refused_in_one_line(string json)
    {
        FormatException refused = Should.Throw<FormatException>(() => PreparationJson.Read(json));
        refused.Message.ShouldNotContain('\n');
    }
}
