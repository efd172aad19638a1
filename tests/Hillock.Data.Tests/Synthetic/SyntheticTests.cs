using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Data.Synthetic;
using Hillock.Networks;

namespace Hillock.Data.Tests.Synthetic;

/// <summary>The synthetic sets are what they say, the same on every machine, and neither too easy nor too hard.</summary>
public sealed class SyntheticTests
{
    /// <summary>
    /// These never change, since published results rest on them: bits that depended on the machine, or a change of a drawing, would show here.
    /// </summary>
    [Theory]
    [InlineData("digits", "ca8fd615f50af6867b71e70fd96728337b97d3511a4f4634dcfbc3c909e80e0b")]
    [InlineData("moons", "93bd7a71a2510c2e89d090813fc14e040b908e7ab9cf815e6c94bf216baeb907")]
    [InlineData("spirals", "35344162bea1339d01c1407796ccfb510424fb1ebdd2191e6de4c8edcbb1ab14")]
    public void The_bits_are_frozen(string name, string fingerprint)
    {
        DataSources.Open(name, new DataOptions { Seed = 1 }).Fingerprint.ShouldBe(fingerprint);
    }

    [Theory]
    [InlineData("digits", 2500, 256, 10)]
    [InlineData("moons", 1000, 2, 2)]
    [InlineData("spirals", 1000, 2, 3)]
    public void Classes_are_of_one_size_and_there_is_a_test_part(string name, int count, int features, int classes)
    {
        DataSource source = DataSources.Open(name);
        source.Count.ShouldBe(count);
        source.Features.ShouldBe(features);
        source.Classes.ShouldBe(Enumerable.Range(0, classes).Select(c => $"{c}"));
        source.Warnings.ShouldBeEmpty();
        source.TestPart!.Count.ShouldBe(count / 4);
        source.TestPart.Classes.ShouldBe(source.Classes);
        int[] sizes = [.. source.Labels.ToArray().CountBy(label => label).Select(pair => pair.Value)];
        (sizes.Max() - sizes.Min()).ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData("digits")]
    [InlineData("moons")]
    [InlineData("spirals")]
    public void A_larger_set_begins_with_the_smaller_one(string name)
    {
        DataSource small = DataSources.Open(name, new DataOptions { Samples = 50, Seed = 3 });
        DataSource large = DataSources.Open(name, new DataOptions { Samples = 80, Seed = 3 });
        int[] rows = [.. Enumerable.Range(0, 50)];
        Preparation preparation = small.Fit(rows);
        preparation.Apply(large, rows).Inputs.ToArray().ShouldBe(preparation.Apply(small, rows).Inputs.ToArray());
        large.Labels[..50].ToArray().ShouldBe(small.Labels.ToArray());
    }

    [Theory]
    [InlineData("digits", 19, 20)]
    [InlineData("moons", 3, 4)]
    [InlineData("spirals", 1_000_001, 6)]
    [InlineData("digits", -1, 20)]
    public void The_number_of_samples_has_bounds(string name, int samples, int least)
    {
        Should.Throw<DataException>(() => DataSources.Open(name, new DataOptions { Samples = samples })).Message
            .ShouldBe($"{name}: {samples} samples are asked for, and {least} to 1000000 can be drawn");
    }

    [Fact]
    public void Turns_are_cosine_and_sine()
    {
        for (double turns = -1.5; turns < 2.5; turns += 0.0137)
        {
            (double cosine, double sine) = Turn.At(turns);
            cosine.ShouldBe(Math.Cos(2 * Math.PI * turns), 1e-12);
            sine.ShouldBe(Math.Sin(2 * Math.PI * turns), 1e-12);
        }
    }

    /// <summary>The centre of a half circle lies at 2/π of its radius: (0, 2/π), and (1, 1/2 - 2/π) of the moon that is turned over.</summary>
    [Fact]
    public void Moons_are_half_circles()
    {
        (float[] xs, float[] ys, int[] labels) = Points("moons", 20_000);
        Mean(0, xs).ShouldBe(0, 0.03);
        Mean(0, ys).ShouldBe(2 / Math.PI, 0.03);
        Mean(1, xs).ShouldBe(1, 0.03);
        Mean(1, ys).ShouldBe(0.5 - (2 / Math.PI), 0.03);

        double Mean(int label, float[] values) => values.Where((_, i) => labels[i] == label).Average();
    }

    /// <summary>Points lie about their own arm, radius 0.1 to 1 over three quarters of a turn, with the noise of 0.05 across it.</summary>
    [Fact]
    public void Spirals_are_spirals_of_Archimedes()
    {
        (float[] xs, float[] ys, int[] labels) = Points("spirals", 3_000);
        double squares = 0;
        for (int i = 0; i < xs.Length; i++)
        {
            squares += Enumerable.Range(0, 501).Min(step =>
            {
                double radius = 0.1 + (0.9 * step / 500);
                double angle = 2 * Math.PI * ((labels[i] / 3.0) + (0.75 * step / 500));
                double dx = xs[i] - (radius * Math.Cos(angle));
                double dy = ys[i] - (radius * Math.Sin(angle));
                return (dx * dx) + (dy * dy);
            });
        }

        Math.Sqrt(squares / xs.Length).ShouldBe(0.05, 0.005);
    }

    /// <summary>A set on which everything wins teaches nothing: a linear model scores 0.85 to 0.92, a relu network 0.95 to 0.98.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Digits_are_neither_too_easy_nor_too_hard(ulong seed)
    {
        Score([], 0.01, seed).ShouldBeInRange(0.85, 0.92);
        Score([64, 32], 0.003, seed).ShouldBeInRange(0.95, 0.98);
    }

    /// <summary>The mean accuracy of five folds, as the laboratory would take it.</summary>
    private static double Score(int[] hidden, double learningRate, ulong seed)
    {
        DataSource source = DataSources.Open("digits", new DataOptions { Seed = seed });
        TrainingOptions options = new() { LearningRate = learningRate, Epochs = 20, BatchSize = 32 };
        RandomKey key = RandomKey.FromSeed(seed);
        double correct = 0;
        for (int fold = 0; fold < 5; fold++)
        {
            int[] training = [.. Enumerable.Range(0, source.Count).Where(i => i / 10 % 5 != fold)];
            int[] test = [.. Enumerable.Range(0, source.Count).Where(i => i / 10 % 5 == fold)];
            Preparation preparation = source.Fit(training);
            NetworkDescription description = NetworkDescription.Mlp(
                preparation.Features, hidden, Activation.Parse("relu"), source.Classes.Count, Loss.SoftmaxCrossEntropy);
            Network network = Network.Create(description, key.Derive(fold));
            Trainer.Train(network, preparation.Apply(source, training), null, options, key.Derive(fold), null, default);
            correct += Evaluator.Evaluate(network, preparation.Apply(source, test), default).Accuracy!.Value / 5;
        }

        return correct;
    }

    private static (float[] Xs, float[] Ys, int[] Labels) Points(string name, int samples)
    {
        DataSource source = DataSources.Open(name, new DataOptions { Samples = samples });
        int[] rows = [.. Enumerable.Range(0, samples)];
        var preparation = (Hillock.Data.Tables.TablePreparation)source.Fit(rows);
        float[] inputs = preparation.Apply(source, rows).Inputs.ToArray();
        return (Raw(0), Raw(1), source.Labels.ToArray());

        float[] Raw(int column)
        {
            var numeric = (Hillock.Data.Tables.NumericPreparation)preparation.Columns[column];
            return [.. rows.Select(row => (float)((inputs[(2 * row) + column] * numeric.Scale) + numeric.Mean))];
        }
    }
}
