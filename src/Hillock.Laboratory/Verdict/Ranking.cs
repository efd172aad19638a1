using System.Numerics;
using System.Runtime.InteropServices;
using Hillock.Activations;
using Hillock.Laboratory.Statistics;
using Hillock.Laboratory.Trials;

namespace Hillock.Laboratory.Verdict;

/// <summary>Turns the results of trials into candidates, best first, each tested against the best.</summary>
internal static class Ranking
{
    /// <summary>Ranks candidates: by mean, of equals in the order given; the diverged ones last, those with fewer diverged trials before.</summary>
    /// <param name="protocol">How they were compared.</param>
    /// <param name="trials">The candidates in the user's order, each with its trials by repeat, then by fold.</param>
    public static IReadOnlyList<CandidateResult> Rank(Protocol protocol, IEnumerable<(Activation Activation, IReadOnlyList<TrialResult> Trials)> trials)
    {
        List<CandidateResult> ranked =
        [
            .. trials.Select(candidate => CandidateSummary.Of(protocol, candidate.Activation, candidate.Trials))
                .OrderBy(candidate => candidate.Status)
                .ThenByDescending(candidate => candidate.Mean)
                .ThenBy(candidate => candidate.Trials.Count(trial => trial.Diverged)),
        ];
        (double? Uncorrected, double? Corrected)[] scores = Test(ranked, candidate => PValue(protocol, ranked[0], candidate));
        (double? Uncorrected, double? Corrected)[] secondary = Test(ranked, candidate => SecondaryPValue(protocol, ranked[0], candidate));
        for (int rank = 0; rank < ranked.Count; rank++)
        {
            ranked[rank] = ranked[rank] with
            {
                UncorrectedPValue = scores[rank].Uncorrected,
                PValue = scores[rank].Corrected,
                SecondaryPValue = secondary[rank].Corrected,
            };
        }

        return [.. ranked.Select(candidate => WithoutLinearity(candidate, ranked[0]))];
    }

    /// <summary>The p-values of all that can be tested against the best, and what Holm's correction makes of them.</summary>
    private static (double? Uncorrected, double? Corrected)[] Test(IReadOnlyList<CandidateResult> ranked, Func<CandidateResult, double?> test)
    {
        (double? Uncorrected, double? Corrected)[] tests =
            [.. ranked.Select((candidate, rank) => (rank == 0 || candidate.Status != CandidateStatus.Ok ? null : test(candidate), (double?)null))];
        int[] tested = [.. Enumerable.Range(0, tests.Length).Where(rank => tests[rank].Uncorrected is not null)];
        double[] corrected = HolmCorrection.Adjust([.. tested.Select(rank => tests[rank].Uncorrected!.Value)]);
        for (int i = 0; i < tested.Length; i++)
        {
            tests[tested[i]].Corrected = corrected[i];
        }

        return tests;
    }

    /// <summary>The samples tested on over those trained on, by which the t-test is corrected; 0 where nothing is resampled.</summary>
    public static double TestToTraining(Protocol protocol) => protocol.Folds is int folds ? 1.0 / (folds - 1) : 0;

    /// <summary>Where a linear map does as well as the best, nothing is wrong with being one.</summary>
    private static CandidateResult WithoutLinearity(CandidateResult candidate, CandidateResult best) =>
        candidate.Status == CandidateStatus.Ok && (candidate == best || Recommendation.IsAsGood(candidate, best))
            ? candidate with { Findings = [.. candidate.Findings.Where(found => found.Finding.Code != FindingCodes.LinearNetwork)] }
            : candidate;

    /// <summary>The steps in which scores come: an accuracy counts samples.</summary>
    private static double Resolution(Protocol protocol, CandidateResult candidate) =>
        protocol.Metric == "accuracy" ? 1.0 / candidate.Trials.Max(trial => trial.TestSamples) : 0;

    private static double? PValue(Protocol protocol, CandidateResult best, CandidateResult other)
    {
        if (best.Trials.Count > 1)
        {
            return ResampledTTest.PValue([.. best.Trials.Zip(other.Trials, (a, b) => a.Score!.Value - b.Score!.Value)], TestToTraining(protocol), Resolution(protocol, best));
        }

        if (best.Trials[0].SampleOutcomes is not byte[] first || other.Trials[0].SampleOutcomes is not byte[] second)
        {
            return null;
        }

        return protocol.Metric == "accuracy"
            ? McNemarTest.PValue(OnlyFirst(first, second), OnlyFirst(second, first))
            : ResampledTTest.PValue(Differences(first, second), 0);
    }

    private static double? SecondaryPValue(Protocol protocol, CandidateResult best, CandidateResult other) =>
        ResampledTTest.PValue([.. best.Trials.Zip(other.Trials, (a, b) => a.SecondaryScore!.Value - b.SecondaryScore!.Value)], TestToTraining(protocol));

    /// <summary>The number of bits set in the first and not in the second.</summary>
    private static int OnlyFirst(byte[] first, byte[] second) => first.Zip(second, (a, b) => BitOperations.PopCount((uint)(a & ~b))).Sum();

    private static double[] Differences(byte[] first, byte[] second) =>
        [.. MemoryMarshal.Cast<byte, float>(first).ToArray().Zip(MemoryMarshal.Cast<byte, float>(second).ToArray(), (a, b) => (double)a - b)];
}
