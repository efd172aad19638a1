using Hillock.Data;

namespace Hillock.Laboratory.Tests.Claims;

/// <summary>Every claim's experiment runs through, on very little: what it finds is not looked at.</summary>
public sealed class ClaimTests
{
    public static TheoryData<string> Names => [.. ClaimCatalogue.All.Select(claim => claim.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_experiment_runs_through(string name)
    {
        Claim claim = ClaimCatalogue.Find(name)!;
        ClaimResult result = Session().Run(claim);
        result.Missing.ShouldBeNull();
        result.Seeds.ShouldBeGreaterThan(0);
        result.Verdict.ShouldNotBe(ClaimVerdict.NotReproducibleHere);
        result.Checks.ShouldNotBeEmpty();
        result.Checks.ShouldAllBe(check => check.Rule.Length > 0);
        result.Why.ShouldNotBeEmpty();
        result.Figures.ShouldNotBeEmpty();
        result.Figures.ShouldAllBe(figure => figure.Values.Count > 0 && figure.Low <= figure.Median && figure.Median <= figure.High);
        result.Chart!.Series.ShouldAllBe(series => series.Points.Count > 0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_figures_on_any_number_of_threads()
    {
        Claim claim = ClaimCatalogue.Find("zigzag")!;
        double[] one = [.. Session(threads: 1, seeds: 3).Run(claim).Figures.SelectMany(f => f.Values)];
        double[] three = [.. Session(threads: 3, seeds: 3).Run(claim).Figures.SelectMany(f => f.Values)];
        three.ShouldBe(one);
        Session(seeds: 3, seed: 1).Run(claim).Figures.SelectMany(f => f.Values).ShouldNotBe(one);
    }

    [Fact]
    public void Names_and_numbers_are_unique_and_find_their_claim()
    {
        ClaimCatalogue.All.Select(c => c.Number).ShouldBe(ClaimCatalogue.All.Select(c => c.Number).Order().Distinct());
        ClaimCatalogue.All.Select(c => c.Name).Concat(ClaimCatalogue.OutOfReach.Select(c => c.Name)).ShouldBeUnique();
        ClaimCatalogue.All.ShouldAllBe(c => ClaimCatalogue.Find($"{c.Number}") == c && ClaimCatalogue.Find(c.Name.ToUpperInvariant()) == c);
        ClaimCatalogue.Find("nonsense").ShouldBeNull();
    }

    [Fact]
    public void Without_its_data_a_claim_says_what_is_missing()
    {
        Claim claim = new(99, "absent", "", "", "") { Data = ["mnist"] };
        ClaimSession session = new(new ClaimOptions(), name => throw new DataException($"{name} is not here; get it from there"));
        ClaimResult result = session.Run(claim);
        result.Verdict.ShouldBe(ClaimVerdict.NotReproducibleHere);
        result.Why.ShouldBe("needs data that are not here: mnist is not here; get it from there");
    }

    [Fact]
    public void A_verdict_is_what_the_checks_say()
    {
        Claim claim = new(99, "some", "", "", "");
        ClaimResult Result(params ClaimCheck[] checks) => new(claim, ClaimBudget.Full, 3, [], checks, [], null, 1);
        Result(new ClaimCheck("a", true), new ClaimCheck("b", true)).Verdict.ShouldBe(ClaimVerdict.Shown);
        ClaimResult not = Result(new ClaimCheck("a", true), new ClaimCheck("b", false));
        not.Verdict.ShouldBe(ClaimVerdict.NotShown);
        not.Why.ShouldBe("does not hold: b");
    }

    [Fact]
    public void A_stopped_experiment_ends() =>
        Should.Throw<OperationCanceledException>(() => Session().Run(ClaimCatalogue.Find("zigzag")!, null, new CancellationToken(canceled: true)));

    [Fact]
    public void Seeds_and_threads_are_checked()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ClaimSession(new ClaimOptions { Seeds = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => new ClaimSession(new ClaimOptions { Threads = 0 }));
    }

    private static ClaimSession Session(int threads = 2, int? seeds = null, ulong seed = 0) => new(
        new ClaimOptions { Budget = ClaimBudget.Smoke, Seeds = seeds, Threads = threads, Seed = seed },
        _ => DataSources.Open("digits", new DataOptions { Samples = 200 }));
}
