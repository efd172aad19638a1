using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Laboratory.Verdict;

namespace Hillock.Laboratory.Tests.Verdict;

public class CandidateFindingsTests
{
    private static readonly Activation Winner = Planted.Activation("winner");
    private static readonly Activation Loser = Planted.Activation("loser", CostClass.OneTranscendental);
    private static readonly double?[] High = [0.95, 0.96, 0.94, 0.95, 0.96];
    private static readonly double?[] Low = [0.80, 0.81, 0.79, 0.80, 0.80];

    [Fact]
    public void What_most_trials_have_comes_first_each_with_the_figure_in_the_middle()
    {
        double[] dead = [0.9, 0.3, 0.5];
        CandidateResult loser = Rank(Low, trial => trial.Fold switch
        {
            1 => [Found(FindingCodes.VanishingSignal, 1e-4), Found(FindingCodes.DeadUnits, dead[0])],
            2 or 3 => [Found(FindingCodes.DeadUnits, dead[trial.Fold - 1])],
            _ => [],
        }).Single(candidate => candidate.Name == "loser");
        loser.Findings.Select(found => (found.Finding.Code, found.Finding.Value, found.Trials))
            .ShouldBe([(FindingCodes.DeadUnits, 0.5, 3), (FindingCodes.VanishingSignal, 1e-4, 1)]);
    }

    [Fact]
    public void Diverged_networks_are_looked_into_too()
    {
        CandidateResult loser = Rank([0.9, null, null, 0.9, 0.9], trial => trial.Diverged ? [Found(FindingCodes.NotFiniteParameters, 12)] : []).Single(candidate => candidate.Name == "loser");
        loser.Findings.Single().Trials.ShouldBe(2);
    }

    [Fact]
    public void To_be_linear_is_a_fault_only_where_it_costs_something()
    {
        static IReadOnlyList<Finding> Linear(TrialResult trial) => [Found(FindingCodes.LinearNetwork, 2), Found(FindingCodes.InputScale, 100)];
        string[] Codes(double?[] scores) =>
            [.. Rank(scores, Linear).Single(candidate => candidate.Name == "loser").Findings.Select(found => found.Finding.Code)];
        Codes(Low).ShouldBe([FindingCodes.LinearNetwork, FindingCodes.InputScale]);
        Codes([0.95, 0.95, 0.95, 0.94, 0.96]).ShouldBe([FindingCodes.InputScale]);
        Codes([0.99, 0.98, 0.98, 0.99, 0.99]).ShouldBe([FindingCodes.InputScale]);
    }

    private static Finding Found(string code, double value) => new() { Code = code, Value = value, Threshold = 0.2, Text = "", Cause = "", Advice = "" };

    private static IReadOnlyList<CandidateResult> Rank(double?[] scores, Func<TrialResult, IReadOnlyList<Finding>> findings)
    {
        (Activation activation, IReadOnlyList<TrialResult> trials) = Planted.Candidate(Loser, scores);
        return Ranking.Rank(Planted.FiveFolds, [Planted.Candidate(Winner, High), (activation, [.. trials.Select(trial => trial with { Findings = findings(trial) })])]);
    }
}
