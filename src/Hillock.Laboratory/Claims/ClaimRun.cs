using System.Runtime.ExceptionServices;
using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Data;
using Hillock.Data.Images;
using Hillock.Networks;

namespace Hillock.Laboratory;

/// <summary>What an experiment has at hand: its budget, random numbers, data, threads.</summary>
internal sealed class ClaimRun(
    Claim claim,
    ClaimOptions options,
    Func<string, DataSource> open,
    Dictionary<string, object> shared,
    IProgress<ClaimProgress>? progress,
    CancellationToken cancellationToken)
{
    private readonly RandomKey _key = RandomKey.FromSeed(options.Seed).Derive("claims").Derive(claim.Name);

    /// <summary>Stops the experiment.</summary>
    public CancellationToken Token => cancellationToken;

    /// <summary>The key of the experiment itself, for what the seeds have in common.</summary>
    public RandomKey Common => _key.Derive("common");

    /// <summary>The key of a seed.</summary>
    public RandomKey Seed(int seed) => _key.Derive(seed);

    /// <summary>What suits the budget.</summary>
    public T Pick<T>(T smoke, T quick, T full) => options.Budget switch
    {
        ClaimBudget.Smoke => smoke,
        ClaimBudget.Quick => quick,
        _ => full,
    };

    /// <summary>The number of seeds: as asked for, else what suits the budget.</summary>
    public int Seeds(int quick, int full) => options.Seeds ?? Pick(1, quick, full);

    /// <summary>Does a number of things that do not depend on each other, shared among the threads.</summary>
    /// <param name="part">What is being done, for progress.</param>
    /// <param name="count">How many.</param>
    /// <param name="work">Does one of them.</param>
    /// <param name="alone">Whether they must not be done at the same time, since they are timed.</param>
    /// <returns>What they gave, in order.</returns>
    public T[] Map<T>(string part, int count, Func<int, T> work, bool alone = false)
    {
        T[] results = new T[count];
        int done = 0;
        progress?.Report(new ClaimProgress(claim, part, 0));
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = alone ? 1 : options.Threads, CancellationToken = Token }, i =>
            {
                results[i] = work(i);
                progress?.Report(new ClaimProgress(claim, part, (double)Interlocked.Increment(ref done) / count));
            });
        }
        catch (AggregateException failures)
        {
            Exception failure = failures.InnerExceptions.FirstOrDefault(e => e is not OperationCanceledException) ?? failures.InnerExceptions[0];
            ExceptionDispatchInfo.Throw(failure);
        }

        return results;
    }

    /// <summary>Does a number of things for each seed.</summary>
    /// <returns>What they gave: by thing, then by seed.</returns>
    public T[][] MapSeeds<T>(string part, int things, int seeds, Func<int, int, T> work)
    {
        T[] all = Map(part, things * seeds, i => work(i / seeds, i % seeds));
        return [.. all.Chunk(seeds)];
    }

    /// <summary>What several claims of a session have in common is made once, and of the same random numbers whichever of them is first.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="make">Makes it, with random numbers of its own.</param>
    public T Once<T>(string name, Func<RandomKey, T> make)
        where T : class
    {
        if (shared.TryGetValue(name, out object? made))
        {
            return (T)made;
        }

        T result = make(RandomKey.FromSeed(options.Seed).Derive("claims").Derive(name));
        shared.Add(name, result);
        return result;
    }

    /// <summary>The first samples of a data set of images, every pixel scaled from 0 to 255 to a range.</summary>
    /// <param name="name">The data set.</param>
    /// <param name="count">How many, at most; null for all.</param>
    /// <param name="test">Whether they are of its test part.</param>
    /// <param name="low">What black becomes.</param>
    /// <param name="high">What white becomes.</param>
    /// <param name="first">The first of them.</param>
    public Dataset Images(string name, int? count = null, bool test = false, float low = 0, float high = 1, int first = 0)
    {
        DataSource source = open(name);
        source = test ? source.TestPart ?? source : source;
        first = Math.Min(first, Math.Max(0, source.Count - (count ?? 0)));
        int[] rows = [.. Enumerable.Range(first, Math.Min(count ?? int.MaxValue, source.Count - first))];
        Preparation preparation = source.Fit(rows);
        Dataset prepared = preparation.Apply(source, rows);
        ImagePreparation images = (ImagePreparation)preparation;
        float[] pixels = new float[prepared.Inputs.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            // Back from the standardised values: the pixels are whole numbers.
            double pixel = Math.Round((prepared.Inputs[i] * images.Scale) + images.Mean);
            pixels[i] = (float)(low + ((high - low) * pixel / 255));
        }

        return Dataset.Classification(pixels, prepared.Shape, prepared.Labels.ToArray(), prepared.Classes);
    }

    /// <summary>Samples of a built-in set and of its test part, standardised.</summary>
    public (Dataset Training, Dataset Test) BuiltIn(string name, int samples, ulong seed)
    {
        DataSource source = DataSources.Open(name, new DataOptions { Samples = samples, Seed = seed }, cancellationToken: Token);
        int[] rows = [.. Enumerable.Range(0, source.Count)];
        Preparation preparation = source.Fit(rows);
        return (preparation.Apply(source, rows), preparation.Apply(source.TestPart!, [.. Enumerable.Range(0, source.TestPart!.Count)]));
    }

    /// <summary>A perceptron for classes.</summary>
    public static NetworkDescription Mlp(Dataset data, IReadOnlyList<int> units, string activation) =>
        NetworkDescription.Mlp(data.Features, units, Activation.Parse(activation), data.Classes, Loss.SoftmaxCrossEntropy);
}
