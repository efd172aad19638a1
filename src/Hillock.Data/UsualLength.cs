namespace Hillock.Data;

/// <summary>The length to which samples of all lengths are cut or filled up.</summary>
internal static class UsualLength
{
    private const double Share = 0.95;

    /// <summary>The length that 95 of 100 samples do not exceed; at least 1.</summary>
    /// <param name="lengths">The lengths of the training samples; they are sorted.</param>
    public static int Of(int[] lengths)
    {
        Array.Sort(lengths);
        return Math.Max(1, lengths[(int)Math.Ceiling(Share * lengths.Length) - 1]);
    }
}
