namespace Hillock.Activations.Verification;

/// <summary>Checks parts of the numbers that a run goes over.</summary>
internal interface IAccuracyWorker
{
    /// <summary>What has been found.</summary>
    AccuracyTally Tally { get; }

    /// <summary>Checks the numbers from <paramref name="first"/> on.</summary>
    void Run(long first, int count);
}
