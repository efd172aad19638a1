using Hillock.Laboratory.Statistics;

namespace Hillock.Laboratory.Claims;

/// <summary>Whether networks with fewer active units generalise better, and where that ends.</summary>
internal static class ActivityPenalty
{
    public static Claim Claim { get; } = new(
        18,
        "activity_penalty",
        "Fewer active units generalise better, to a point: in the brain 1 to 4 % are active, in a rectifier network half",
        "articles on activation functions, after Attwell & Laughlin, 2001, and Lennie, 2003",
        "1 to 4 % active in the brain; about half in a rectifier network")
    {
        Data = ["mnist"],
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        SparsitySweep sweep = SparsitySweep.Of(run);
        int best = sweep.Best;
        double[] gain = [.. sweep.Errors[0].Zip(sweep.Errors[best], (none, some) => none - some)];
        double? p = best == 0 ? null : ResampledTTest.PValue(gain, 0);
        return new ClaimFindings(
            gain.Length,
            [
                new("units active where the test error is least", "1 to 4 % (brain)", [.. sweep.Zeros[best].Select(z => 1 - z)], IsShare: true),
                new("units active without a penalty", "about half", [.. sweep.Zeros[0].Select(z => 1 - z)], IsShare: true),
                new("test error less than without a penalty", "better", gain, IsShare: true),
                .. sweep.Strengths.Select((s, i) => new ClaimFigure($"test error with penalty {s:0.#####}", "", sweep.Errors[i], IsShare: true)),
            ],
            [
                new("some penalty gives a lower test error than none (paired t-test over the seeds, p below 0.05)", p < 0.05 && gain.Average() > 0),
                new("the strongest gives a higher one than the best (means)", sweep.Errors[^1].Average() > sweep.Errors[best].Average()),
            ])
        {
            Remarks =
            [
                SparsitySweep.Remark,
                $"Best at a penalty of {sweep.Strengths[best]:0.#####}{(p is { } value ? $", p = {value:0.000} against none" : "")}; chosen and judged on the same test images, which flatters it.",
            ],
            Chart = sweep.Chart,
        };
    }
}
