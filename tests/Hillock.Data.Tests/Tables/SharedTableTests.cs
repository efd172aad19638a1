namespace Hillock.Data.Tests.Tables;

/// <summary>The published tables are understood without an option.</summary>
public sealed class SharedTableTests
{
    [DataTheory]
    [InlineData("uci/adult-train.csv", 32561, 14, 2)]
    [InlineData("uci/adult-test.csv", 16281, 14, 2)]
    [InlineData("uci/breast-cancer-wisconsin.csv", 699, 9, 2)]
    [InlineData("uci/ionosphere.csv", 351, 34, 2)]
    [InlineData("uci/iris.csv", 150, 4, 3)]
    [InlineData("uci/pima-indians-diabetes.csv", 768, 8, 2)]
    [InlineData("uci/sonar.csv", 208, 60, 2)]
    [InlineData("uci/wheat-seeds.csv", 210, 7, 3)]
    [InlineData("uci/wine.csv", 178, 13, 3)]
    [InlineData("optdigits/optdigits.tra", 3823, 64, 10)]
    [InlineData("optdigits/optdigits.tes", 1797, 64, 10)]
    public void A_classification_is_one(string file, int count, int features, int classes)
    {
        DataSource source = DataSources.Open(SharedData.At(file));
        source.Task.ShouldBe(TaskKind.Classification);
        source.Count.ShouldBe(count);
        source.Features.ShouldBe(features);
        source.Classes.Count.ShouldBe(classes);
        source.Warnings.ShouldBeEmpty();
    }

    [DataFact]
    public void Abalone_is_a_regression()
    {
        DataSource source = DataSources.Open(SharedData.At("uci/abalone.csv"));
        source.Description.ShouldBe("4177 samples, 7 numeric and 1 categorical column, target column 9: regression (comma-separated, no header)");
        source.Warnings.ShouldBeEmpty();

        // Means and the standard deviation of the rings as abalone.names states them (it gives the deviation of a sample, to three digits).
        Preparation preparation = source.Fit([.. Enumerable.Range(0, source.Count)]);
        preparation.TargetMean.ShouldBe(9.934, 0.0005);
        preparation.TargetScale.ShouldBe(3.224, 0.0005);
    }

    [DataFact]
    public void Adult_has_the_published_categories()
    {
        DataSource source = DataSources.Open(SharedData.At("uci/adult-train.csv"));
        source.Description.ShouldBe(
            "32561 samples, 6 numeric and 8 categorical columns, target column 15: classification of 2 classes (comma-separated, no header)");
        source.Classes.ShouldBe(["<=50K", ">50K"]);
        source.Labels.ToArray().Count(label => label == 1).ShouldBe(7841, "adult.names: 24.08 %");

        // Workclass 8, education 16, marital status 7, occupation 14, relationship 6, race 5, sex 2, country 41, as adult.names lists them;
        // workclass, occupation and country have missing values.
        source.Fit([.. Enumerable.Range(0, source.Count)]).Features.ShouldBe(6 + 8 + 16 + 7 + 14 + 6 + 5 + 2 + 41 + 3);
    }
}
