namespace Hillock.Networks.Numerics;

/// <summary>A product shared by several workers: its rows or its columns are dealt out in tiles, its depth never, so that the bits stay the same.</summary>
internal unsafe struct SharedProduct<TKernel, TEpilogue> : IParallelWork
    where TKernel : struct, ITileKernel
    where TEpilogue : struct, IEpilogue
{
    private readonly Product<TEpilogue> _whole;
    private readonly WorkerTeam _team;
    private readonly bool _byColumns;

    /// <summary>Deals a product out and reserves the workers' scratch memory.</summary>
    /// <param name="whole">The product.</param>
    /// <param name="parts">The number of parts wished for.</param>
    /// <param name="team">The workers.</param>
    public SharedProduct(in Product<TEpilogue> whole, int parts, WorkerTeam team)
    {
        _whole = whole;
        _team = team;

        // Whole tiles, dealt out as evenly as may be; by columns if in doubt, since then no panel is packed twice.
        int rowTiles = (whole.Left.Rows + TKernel.Rows - 1) / TKernel.Rows;
        int columnTiles = (whole.Right.Columns + TKernel.Columns - 1) / TKernel.Columns;
        _byColumns = Unevenness(columnTiles, parts) <= Unevenness(rowTiles, parts) + 0.05;
        Parts = Math.Max(1, Math.Min(parts, _byColumns ? columnTiles : rowTiles));
        for (int part = 0; part < Parts; part++)
        {
            Product<TEpilogue> product = Part(part);
            team.Reserve(BlockedProduct.ScratchLength<TKernel>(product.Left, product.Right));
        }
    }

    /// <summary>The number of parts.</summary>
    public int Parts { get; }

    /// <inheritdoc/>
    public void Run(int part, int worker)
    {
        Product<TEpilogue> product = Part(part);
        BlockedProduct.Run<TKernel, TEpilogue>(product, _team.Scratch(worker));
    }

    private readonly Product<TEpilogue> Part(int part)
    {
        Product<TEpilogue> product = _whole;
        if (_byColumns)
        {
            (int first, int count) = Range(part, product.Right.Columns, TKernel.Columns);
            product.Right = product.Right.Part(0, first, product.Right.Rows, count);
            product.Start = product.Start == null ? null : product.Start + first;
            product.Result += first;
            product.FirstColumn += first;
        }
        else
        {
            (int first, int count) = Range(part, product.Left.Rows, TKernel.Rows);
            product.Left = product.Left.Part(first, 0, count, product.Left.Columns);
            product.Start = product.Start == null ? null : product.Start + first * product.StartRow;
            product.Result += first * product.ResultRow;
            product.FirstRow += first;
        }

        return product;
    }

    /// <summary>How much more the busiest part has to do than it would if tiles could be cut.</summary>
    private static double Unevenness(int tiles, int parts) => (double)((tiles + parts - 1) / parts) * parts / Math.Max(tiles, 1);

    private readonly (int First, int Count) Range(int part, int size, int tile)
    {
        int tiles = (size + tile - 1) / tile;
        int first = (int)((long)tiles * part / Parts) * tile;
        int end = Math.Min(size, (int)((long)tiles * (part + 1) / Parts) * tile);
        return (first, end - first);
    }
}
