namespace Hillock.Networks.Execution;

/// <summary>
/// How work over positions × channels is cut into pieces: by its shape alone and never by the number of threads, so that sums over pieces and draws of
/// pieces have the same bits on any number of them.
/// </summary>
/// <param name="Channels">The numbers of a position.</param>
/// <param name="Positions">The positions of a sample.</param>
/// <param name="Length">The positions of a chunk.</param>
internal readonly record struct Chunks(int Channels, int Positions, int Length)
{
    /// <summary>About how many numbers a piece has: it stays in the cache between two passes over it, and starting it costs nothing beside.</summary>
    private const int Floats = 1 << 14;

    /// <summary>Cuts values of a shape into pieces of whole positions.</summary>
    public static Chunks Of(TensorShape shape) => Of(shape.Channels, shape.Positions);

    /// <summary>Cuts a matrix for each sample into pieces of whole positions.</summary>
    public static Chunks Of(int channels, int positions) => new(channels, positions, Math.Max(1, Floats / channels));

    /// <summary>The floats of a full piece.</summary>
    public int Size => Length * Channels;

    /// <summary>The number of pieces of a batch.</summary>
    public int Count(int rows) => (int)(((long)rows * Positions + Length - 1) / Length);

    /// <summary>The first position of a piece.</summary>
    public long First(int chunk) => (long)chunk * Length;

    /// <summary>The first float of a piece.</summary>
    public long Start(int chunk) => First(chunk) * Channels;

    /// <summary>The positions of a piece.</summary>
    public int PositionsOf(int chunk, int rows) => (int)Math.Min(Length, (long)rows * Positions - First(chunk));

    /// <summary>The floats of a piece.</summary>
    public int SizeOf(int chunk, int rows) => PositionsOf(chunk, rows) * Channels;
}
