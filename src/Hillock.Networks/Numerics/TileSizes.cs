namespace Hillock.Networks.Numerics;

/// <summary>A number of rows or columns that the compiler knows.</summary>
internal interface ITileSize
{
    /// <summary>The number.</summary>
    static abstract int Value { get; }
}

/// <summary>The sizes of tiles.</summary>
internal static class TileSizes
{
    /// <summary>1.</summary>
    public readonly struct One : ITileSize
    {
        /// <inheritdoc/>
        public static int Value => 1;
    }

    /// <summary>2.</summary>
    public readonly struct Two : ITileSize
    {
        /// <inheritdoc/>
        public static int Value => 2;
    }

    /// <summary>3.</summary>
    public readonly struct Three : ITileSize
    {
        /// <inheritdoc/>
        public static int Value => 3;
    }

    /// <summary>4.</summary>
    public readonly struct Four : ITileSize
    {
        /// <inheritdoc/>
        public static int Value => 4;
    }

    /// <summary>5.</summary>
    public readonly struct Five : ITileSize
    {
        /// <inheritdoc/>
        public static int Value => 5;
    }

    /// <summary>6.</summary>
    public readonly struct Six : ITileSize
    {
        /// <inheritdoc/>
        public static int Value => 6;
    }

    /// <summary>7.</summary>
    public readonly struct Seven : ITileSize
    {
        /// <inheritdoc/>
        public static int Value => 7;
    }

    /// <summary>8.</summary>
    public readonly struct Eight : ITileSize
    {
        /// <inheritdoc/>
        public static int Value => 8;
    }

    /// <summary>9.</summary>
    public readonly struct Nine : ITileSize
    {
        /// <inheritdoc/>
        public static int Value => 9;
    }

    /// <summary>10.</summary>
    public readonly struct Ten : ITileSize
    {
        /// <inheritdoc/>
        public static int Value => 10;
    }

    /// <summary>11.</summary>
    public readonly struct Eleven : ITileSize
    {
        /// <inheritdoc/>
        public static int Value => 11;
    }

    /// <summary>12.</summary>
    public readonly struct Twelve : ITileSize
    {
        /// <inheritdoc/>
        public static int Value => 12;
    }

    /// <summary>16.</summary>
    public readonly struct Sixteen : ITileSize
    {
        /// <inheritdoc/>
        public static int Value => 16;
    }

    /// <summary>32.</summary>
    public readonly struct ThirtyTwo : ITileSize
    {
        /// <inheritdoc/>
        public static int Value => 32;
    }
}
