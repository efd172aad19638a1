namespace Hillock.Laboratory.Claims;

/// <summary>How many units are silent, and how many may be before the error rises.</summary>
internal static class Sparsity
{
    public static Claim Claim { get; } = new(
        4,
        "sparsity",
        "ReLU networks are sparse: about half of the units are active before training, and the error stays flat up to about 85 % zeros",
        "Glorot, Bordes & Bengio, Deep sparse rectifier neural networks, 2011",
        "83.4 % exact zeros on trained MNIST networks; an error that is flat to about 85 % zeros and rises beyond 90 %")
    {
        Data = ["mnist"],
        Experiment = Run,
    };

    private static ClaimFindings Run(ClaimRun run)
    {
        SparsitySweep sweep = SparsitySweep.Of(run);
        double[] zeros = [.. sweep.Zeros.Select(z => z.Average())];
        double[] errors = [.. sweep.Errors.Select(e => e.Average())];
        double none = errors[0];
        int sparse = Enumerable.Range(0, zeros.Length).Where(i => zeros[i] >= 0.8 && zeros[i] <= 0.9).DefaultIfEmpty(-1).MinBy(i => i < 0 ? 1 : errors[i]);
        double greatestFlat = Enumerable.Range(0, zeros.Length).Where(i => errors[i] <= none + 0.002).Select(i => zeros[i]).Max();
        return new ClaimFindings(
            sweep.ZerosBefore.Length,
            [
                new("active before training", "about half", [.. sweep.ZerosBefore.Select(z => 1 - z)], IsShare: true),
                new("exact zeros after training without a penalty", "", sweep.Zeros[0], IsShare: true),
                .. sweep.Strengths.Select((s, i) => new ClaimFigure($"exact zeros with penalty {s:0.#####}", i == 0 ? "" : "83.4 % (their networks)", sweep.Zeros[i], IsShare: true)),
                .. sweep.Strengths.Select((s, i) => new ClaimFigure($"test error with penalty {s:0.#####}", "", sweep.Errors[i], IsShare: true)),
            ],
            [
                new("40 to 60 % of the units are active before training, with every seed", sweep.ZerosBefore.All(z => z is > 0.4 and < 0.6)),
                new("a network with 80 to 90 % zeros errs at most 0.2 points more than one without a penalty (means)", sparse >= 0 && errors[sparse] <= none + 0.002),
                new("the sparsest network errs at least 0.2 points more than the best (means)", errors[zeros.AsSpan().IndexOf(zeros.Max())] >= errors.Min() + 0.002),
            ])
        {
            Remarks = [SparsitySweep.Remark, $"The error is within 0.2 points of that without a penalty up to {100 * greatestFlat:0.0} % zeros."],
            Chart = sweep.Chart,
        };
    }
}
