namespace Hillock.Laboratory.Trials;

/// <summary>
/// Tells how long a run will still take, by its pace in the second half of the time that has passed: the first epochs are slow, for code is compiled and
/// samples are prepared meanwhile.
/// </summary>
internal sealed class TimeLeft
{
    /// <summary>Less than that says nothing about the rest.</summary>
    private const double LeastShare = 0.03;

    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(1);

    private readonly Queue<(TimeSpan Time, double Share)> _past = [];
    private (TimeSpan Time, double Share) _reference;
    private TimeSpan _latest;

    /// <summary>Takes note of how far the run has come, and estimates what is left.</summary>
    /// <param name="elapsed">The time since the start; no less than before.</param>
    /// <param name="share">The share that is done, from 0 to 1; no less than before.</param>
    /// <returns>The time left; null where it is too early to tell.</returns>
    public TimeSpan? Estimate(TimeSpan elapsed, double share)
    {
        // A hundredth of the time apart, so that a run of days keeps no more notes than one of minutes.
        if (elapsed - _latest >= elapsed / 100)
        {
            _past.Enqueue((elapsed, share));
            _latest = elapsed;
        }

        while (_past.TryPeek(out (TimeSpan Time, double Share) note) && note.Time <= elapsed / 2)
        {
            _reference = _past.Dequeue();
        }

        double gained = share - _reference.Share;
        if (share >= 1)
        {
            return TimeSpan.Zero;
        }

        return elapsed < LeastTime || share < LeastShare || gained <= 0 ? null : (elapsed - _reference.Time) * ((1 - share) / gained);
    }
}
