using FsCheck;
using FsCheck.Fluent;
using Hillock.Data.Tables;
using Hillock.Networks;

namespace Hillock.Data.Tests.Tables;

/// <summary>The preparation of tables is learned from the training rows and from nothing else.</summary>
public sealed class TablePreparationTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_are_standardised_categories_spread_and_missing_values_filled_and_marked()
    {
        DataSource source = Open("1,red,5,a\n3,blue,?,b\n?,red,5,a\n11,green,6,b\n?,?,7,a\n");
        TablePreparation preparation = (TablePreparation)source.Fit([0, 1, 2]);

        // Column 1: 1 and 3, mean 2, deviation 1, one missing. Column 2: blue, red. Column 3: 5 and 5, one missing.
        preparation.Columns[0].ShouldBe(new NumericPreparation(1, null, 2, 1, MarksMissing: true));
        ((CategoricalPreparation)preparation.Columns[1]).Categories.ShouldBe(["blue", "red"]);
        ((CategoricalPreparation)preparation.Columns[1]).MarksMissing.ShouldBeFalse();
        preparation.Columns[2].ShouldBe(new NumericPreparation(3, null, 5, 0, MarksMissing: true));
        preparation.Features.ShouldBe(6);

        Dataset all = preparation.Apply(source, [0, 1, 2, 3, 4]);
        all.Inputs.ToArray().ShouldBe(
        [
            -1, 0, /**/ 0, 1, /**/ 0, 0,
            1, 0, /**/ 1, 0, /**/ 0, 1,
            0, 1, /**/ 0, 1, /**/ 0, 0,
            9, 0, /**/ 0, 0, /**/ 0, 0, // green was not seen, and a column without variance says nothing
            0, 1, /**/ 0, 0, /**/ 0, 0,
        ]);
        all.Labels.ToArray().ShouldBe([0, 1, 0, 1, 0]);
        all.Classes.ShouldBe(2);
    }

    [Fact]
    public void A_missing_category_is_one_of_its_own_where_training_rows_have_it()
    {
        DataSource source = Open("red,a\n?,b\nblue,a\nred,b\n?,a\n");
        CategoricalPreparation column = (CategoricalPreparation)((TablePreparation)source.Fit([0, 1])).Columns[0];
        column.Categories.ShouldBe(["red"]);
        column.MarksMissing.ShouldBeTrue();
        source.Fit([0, 1]).Apply(source, [0, 1, 2]).Inputs.ToArray().ShouldBe([1, 0, 0, 1, 0, 0]);
    }

    [Fact]
    public void Targets_of_a_regression_are_standardised_by_the_training_rows()
    {
        DataSource source = Open("1,10.5\n2,12.5\n3,100.5\n4,11.5\n");
        Preparation preparation = source.Fit([0, 1]);
        preparation.TargetMean.ShouldBe(11.5);
        preparation.TargetScale.ShouldBe(1);
        preparation.Apply(source, [0, 1, 2]).Targets.ToArray().ShouldBe([-1, 1, 89]);
        source.Fit([1]).TargetScale.ShouldBe(1, "one value has no deviation");
    }

    // Time stamps differ by less than a float's last place: the mean is taken away before anything is rounded to float.
    [Fact]
    public void Targets_far_from_zero_keep_their_differences()
    {
        DataSource source = Open("1,1700000000\n2,1700000030\n3,1700000060\n", new DataOptions { Task = TaskKind.Regression });
        source.Fit([0, 1, 2]).Apply(source, [0, 1, 2]).Targets.ToArray().ShouldBe([-1.2247449f, 0, 1.2247449f]);
    }

    [Fact]
    public void An_outlier_that_training_never_saw_stays_finite()
    {
        DataSource source = Open("1e-9,a\n-1e-9,b\n1e30,a\n-1e30,b\n");
        Dataset data = source.Fit([0, 1]).Apply(source, [0, 1, 2, 3]);
        data.Inputs.ToArray().ShouldBe([1, -1, (float)TablePreparation.MostDeviations, -(float)TablePreparation.MostDeviations]);
    }

    // A column of red, missing and blue is another column where the word is declared to mean a missing value.
    [Fact]
    public void A_missing_value_is_not_the_word_that_says_so()
    {
        const string Table = "red,a\nmissing,b\nblue,a\nmissing,b\n";
        Open(Table).Fingerprint.ShouldNotBe(Open(Table, new DataOptions { MissingTokens = ["missing"] }).Fingerprint);
    }

    /// <summary>Whatever the other rows hold, the preparation is the same: nothing leaks from test rows.</summary>
    [Fact]
    public void Rows_that_are_not_trained_on_change_nothing()
    {
        const string Training = "1.5,red,0.5\n2.5,blue,1.5\n?,red,2.5\n4.0,blue,3.5\n";
        string[] others = ["1e9,green,-7e9\n", "?,?,0\n", "-3,red,1e30\n2,violet,5\n2,violet,5\n", ""];
        float[][] prepared = [.. others.Select(other =>
        {
            DataSource source = Open(Training + other);
            Preparation preparation = source.Fit([0, 1, 2, 3]);
            Dataset data = preparation.Apply(source, [0, 1, 2, 3]);
            return (float[])[.. data.Inputs, .. data.Targets, (float)preparation.TargetMean, (float)preparation.TargetScale, preparation.Features];
        })];
        foreach (float[] values in prepared)
        {
            values.ShouldBe(prepared[0]);
        }
    }

    /// <summary>The same for any partition of any rows, against a table of the training rows alone.</summary>
    [Fact]
    public void Fitting_on_rows_is_fitting_on_a_table_of_these_rows()
    {
        Gen<string> value = Gen.Elements("1", "2", "-3.25", "1e6", "?");
        Gen<string> category = Gen.Elements("u", "v", "w", "?");
        Gen<string> row = Gen.Zip(value, category).Select(pair => $"{pair.Item1},{pair.Item2}");
        Prop.ForAll(Gen.ArrayOf(row, 8).ToArbitrary(), Gen.ArrayOf(row, 5).ToArbitrary(), (training, test) =>
        {
            // Two fixed rows first settle the types of the columns in both tables.
            string[] first = ["1,u,0.5", "2,w,1.5"];
            string[] trained = [.. first, .. training.Select((r, i) => $"{r},{i}.5")];
            int[] rows = [.. Enumerable.Range(0, trained.Length)];
            DataSource alone = Open(string.Join('\n', trained));
            DataSource together = Open(string.Join('\n', [.. trained, .. test.Select((r, i) => $"{r},{100 * i}.5")]));
            return alone.Fit(rows).Apply(alone, rows).Inputs.SequenceEqual(together.Fit(rows).Apply(together, rows).Inputs);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Another_table_with_the_same_columns_is_prepared_by_its_texts()
    {
        Preparation preparation = Open("1,red,no\n3,blue,yes\n1,red,no\n").Fit([0, 1]);
        DataSource other = Open("5,yellow,yes\n1,blue,yes\n3,red,no\n");
        Dataset data = preparation.Apply(other, [0, 1, 2]);
        data.Inputs.ToArray().ShouldBe([3, 0, 0, -1, 1, 0, 1, 0, 1]);
        data.Labels.ToArray().ShouldBe([1, 1, 0]);
    }

    [Fact]
    public void A_source_that_does_not_fit_is_refused()
    {
        Preparation preparation = Open("1,2,a\n3,4,b\n1,2,a\n").Fit([0, 1]);
        Refuses(Open("1,a\n2,b\n1,a\n"), "t.csv holds a table with 1 input column, and the model was trained on a table with 2 input columns");
        Refuses(Open("1,x,a\n2,y,b\n2,y,b\n"), "t.csv: column 2 has text, and numbers were trained on");
        Refuses(Open("1,2,a\n3,4,c\n1,2,a\n"), "t.csv: class 'c' is not among those trained on: a, b");
        Refuses(Open("1,2,0.5\n3,4,1.5\n3,4,1.5\n"), "t.csv is a regression, and the model was trained for a classification");
        Refuses(DataSources.Open("digits", new() { Samples = 20 }), "digits holds images of 16×16×1, and the model was trained on a table with 2 input columns");

        void Refuses(DataSource source, string message) =>
            Should.Throw<DataException>(() => preparation.Apply(source, [0, 1, 2])).Message.ShouldBe(message);
    }

    [Fact]
    public void Rows_out_of_range_are_refused()
    {
        DataSource source = Open("1,a\n2,b\n1,a\n");
        Should.Throw<ArgumentOutOfRangeException>(() => source.Fit([]));
        Should.Throw<ArgumentOutOfRangeException>(() => source.Fit([3]));
        Should.Throw<ArgumentOutOfRangeException>(() => source.Fit([-1]));
        Should.Throw<ArgumentOutOfRangeException>(() => source.Fit([0]).Apply(source, [5]));
    }

    [Fact]
    public void Extreme_numbers_stay_finite()
    {
        DataSource source = Open("3e38,1e-300,16777217,0\n-3e38,2e-300,16777216,1\n3e38,1e-300,16777216,0\n");
        float[] inputs = source.Fit([0, 1]).Apply(source, [0, 1]).Inputs.ToArray();
        inputs.ShouldBe([1, -1, 1, -1, 1, -1], 1e-6, "even where a float could not tell the values apart");
    }

    [Fact]
    public void Only_the_most_frequent_of_many_categories_have_an_input()
    {
        // 300 categories; those from 150 on come twice.
        IEnumerable<int> categories = [.. Enumerable.Range(0, 300), .. Enumerable.Range(150, 150)];
        DataSource source = Open(string.Join('\n', categories.Select((c, i) => $"c{c:D3},{i % 7},{i % 2}")));
        source.Warnings.ShouldHaveSingleItem().ShouldEndWith("column 1 has 300 categories; the 256 most frequent of the training rows are told apart; --leave-out 1 leaves the column out");
        CategoricalPreparation column = (CategoricalPreparation)((TablePreparation)source.Fit([.. Enumerable.Range(0, 450)])).Columns[0];
        column.Categories.ShouldBe([.. Enumerable.Range(0, 106).Select(c => $"c{c:D3}"), .. Enumerable.Range(150, 150).Select(c => $"c{c:D3}")]);
    }

    private DataSource Open(string text, DataOptions? options = null) => DataSources.Open(_folder.Write("t.csv", text), (options ?? new()) with { Header = false });
}
