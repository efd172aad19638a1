using Hillock.Networks;

namespace Hillock.Data.Tests.Tables;

/// <summary>Samples that a program holds.</summary>
public class RowTableTests
{
    private static readonly string[] Columns = ["a", "b"];

    [Fact]
    public void ClassesAreNumberedInOrdinalOrder()
    {
        DataSource data = DataSources.FromRows(Columns, [[1, 2], [3, 4], [5, 6]], ["pear", "apple", "pear"]);
        data.Task.ShouldBe(TaskKind.Classification);
        data.Classes.ShouldBe(["apple", "pear"]);
        data.Labels.ToArray().ShouldBe([1, 0, 1]);
        data.Features.ShouldBe(2);
        data.Count.ShouldBe(3);
    }

    [Fact]
    public void InputsAreStandardisedAndMissingOnesMarked()
    {
        DataSource data = DataSources.FromRows(Columns, [[1, 10], [3, double.NaN], [5, 30]], [0.5, 1.5, 2.5]);
        Preparation preparation = data.Fit([0, 1, 2]);
        Dataset prepared = preparation.Apply(data, [0, 1, 2]);

        // 1, 3, 5 have the mean 3 and the deviation sqrt(8/3); 10 and 30 the mean 20 and the deviation 10, and what is missing has the mean and a mark.
        float unit = (float)(2 / Math.Sqrt(8.0 / 3));
        float[] expected = [-unit, -1, 0, 0, 0, 1, unit, 1, 0];
        for (int i = 0; i < expected.Length; i++)
        {
            prepared.Inputs[i].ShouldBe(expected[i], 1e-6f, $"input {i}");
        }

        data.Targets.ToArray().ShouldBe([0.5, 1.5, 2.5]);
    }

    [Fact]
    public void LaterChangesOfTheArraysDoNotMatter()
    {
        double[][] rows = [[1, 2], [3, 4]];
        double[] targets = [1, 2];
        DataSource data = DataSources.FromRows(Columns, rows, targets);
        string before = data.Fingerprint;
        rows[0][0] = 99;
        targets[0] = 99;
        data.Targets[0].ShouldBe(1);
        data.Fingerprint.ShouldBe(before);
        DataSources.FromRows(Columns, rows, targets).Fingerprint.ShouldNotBe(before);
    }

    [Fact]
    public void WhatIsWrongIsNamed()
    {
        Message(() => DataSources.FromRows(Columns, [[1, 2], [3]], ["x", "y"])).ShouldStartWith("row 1 has 1 values, and there are 2 columns");
        Message(() => DataSources.FromRows(Columns, [[1, double.PositiveInfinity]], ["x"])).ShouldStartWith("row 0, column 2 (b): the value is");
        Message(() => DataSources.FromRows(Columns, [[1, 2]], ["x", "y"])).ShouldStartWith("there are 2 classes for 1 rows");
        Message(() => DataSources.FromRows(Columns, [[1, 2]], [""])).ShouldStartWith("row 0 has no class");
        Message(() => DataSources.FromRows(Columns, [[1, 2]], [double.NaN])).ShouldStartWith("the target of row 0 is NaN");
        Message(() => DataSources.FromRows(Columns, [null!])).ShouldStartWith("row 0 is null");
        Should.Throw<ArgumentException>(() => DataSources.FromRows([], [[]]));
        Should.Throw<ArgumentException>(() => DataSources.FromRows(Columns, []));
    }

    private static string Message(Action action) => Should.Throw<ArgumentException>(action).Message;
}
