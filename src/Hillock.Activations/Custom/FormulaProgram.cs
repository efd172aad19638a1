namespace Hillock.Activations.Custom;

/// <summary>Where the numbers of a node lie in the frame of a program.</summary>
/// <param name="Offset">The index of the first in the frame.</param>
/// <param name="Kind">How they lie there.</param>
/// <param name="Parameter">Which parameter they are, or -1.</param>
internal readonly record struct Place(int Offset, PlaceKind Kind, int Parameter = -1);

/// <summary>How the numbers of a node lie in the frame.</summary>
internal enum PlaceKind
{
    /// <summary>A tile: one for each element.</summary>
    Tile,

    /// <summary>A register full of the same number.</summary>
    Broadcast,

    /// <summary>A parameter's: the one or the other, as the caller gives it.</summary>
    Parameter,
}

/// <summary>A node's value and, where a program differentiates, its derivative.</summary>
internal readonly record struct Operand(Place Value, Place Slope);

/// <summary>One step over a tile.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="WithSlope">Whether the derivative is carried along.</param>
/// <param name="A">The first operand.</param>
/// <param name="B">The second.</param>
/// <param name="C">The third.</param>
/// <param name="Result">Where the result goes; may be where an operand lies that is read for the last time.</param>
internal readonly record struct Instruction(Operation Operation, bool WithSlope, Operand A, Operand B, Operand C, Operand Result);

/// <summary>
/// A formula as a list of steps, each of which runs over a tile that stays in the first-level cache. Tiles are used again as soon as what they hold has been read for the
/// last time. For a derivative, dual numbers are carried along, as in the kernels of the catalogue: forward-mode differentiation.
/// </summary>
internal sealed class FormulaProgram
{
    /// <summary>How many elements a tile has: 2 KiB of doubles, so that a dozen fit into the cache, and the cost of starting a step is small beside it.</summary>
    public const int TileLength = 256;

    /// <summary>As many doubles as the widest register holds.</summary>
    private const int RegisterLength = 8;

    private readonly List<(int Offset, double Value)> _numbers = [];
    private readonly Stack<int> _freeTiles = [];

    private FormulaProgram()
    {
    }

    /// <summary>Where the inputs lie.</summary>
    public int InputOffset { get; private set; }

    /// <summary>Where the tile of the first parameter lies; the others follow.</summary>
    public int ParameterOffset { get; private set; }

    /// <summary>The value of the formula.</summary>
    public Operand Output { get; private set; }

    /// <summary>How many doubles the frame has.</summary>
    public int FrameLength { get; private set; }

    /// <summary>The steps.</summary>
    public Instruction[] Instructions { get; private set; } = [];

    /// <summary>Numbers that fill a register each, and where.</summary>
    public (int Offset, double Value)[] Numbers { get; private set; } = [];

    /// <summary>Translates a formula without powers.</summary>
    /// <param name="graph">The formula.</param>
    /// <param name="parameters">How many parameters it has.</param>
    /// <param name="differentiates">Whether a node is the one by which to differentiate; null for the value alone.</param>
    public static FormulaProgram Compile(FormulaGraph graph, int parameters, Func<FormulaNode, bool>? differentiates)
    {
        FormulaProgram program = new();
        Place zero = program.Broadcast(0);
        Place one = program.Broadcast(1);
        program.InputOffset = program.Reserve(TileLength);
        program.ParameterOffset = program.Reserve(parameters * TileLength);

        IReadOnlyList<FormulaNode> nodes = graph.Nodes;
        List<Instruction> instructions = [];
        bool[] reached = graph.Reached();
        int[] lastUse = LastUses(graph, reached);
        Operand[] operands = new Operand[nodes.Count];
        bool[] active = new bool[nodes.Count];
        for (int i = 0; i <= graph.Root; i++)
        {
            if (!reached[i])
            {
                continue;
            }

            FormulaNode node = nodes[i];
            active[i] = differentiates?.Invoke(node) == true;
            switch (node.Operation)
            {
                case Operation.Number:
                    operands[i] = new(program.Broadcast(node.Value), zero);
                    break;
                case Operation.Variable:
                    operands[i] = new(new(program.InputOffset, PlaceKind.Tile), active[i] ? one : zero);
                    break;
                case Operation.Parameter:
                    Place parameter = new(program.ParameterOffset + (node.A * TileLength), PlaceKind.Parameter, node.A);
                    operands[i] = new(parameter, active[i] ? one : zero);
                    break;
                default:
                    active[i] = Inputs(node).Any(input => active[input]);
                    foreach (int input in Inputs(node).Distinct().Where(input => lastUse[input] == i && IsComputed(nodes[input])))
                    {
                        program.Release(operands[input], active[input]);
                    }

                    operands[i] = new(program.Tile(), active[i] ? program.Tile() : zero);
                    instructions.Add(new(
                        node.Operation,
                        active[i],
                        operands[node.A],
                        node.B < 0 ? default : operands[node.B],
                        node.C < 0 ? default : operands[node.C],
                        operands[i]));
                    break;
            }
        }

        program.Output = operands[graph.Root];
        program.Instructions = [.. instructions];
        program.Numbers = [.. program._numbers];
        return program;
    }

    private static int[] LastUses(FormulaGraph graph, bool[] reached)
    {
        int[] lastUse = new int[graph.Nodes.Count];
        for (int i = 0; i <= graph.Root; i++)
        {
            if (reached[i] && IsComputed(graph.Nodes[i]))
            {
                foreach (int input in Inputs(graph.Nodes[i]))
                {
                    lastUse[input] = i;
                }
            }
        }

        return lastUse;
    }

    private static bool IsComputed(FormulaNode node) => node.Operation is not (Operation.Number or Operation.Variable or Operation.Parameter);

    private static IEnumerable<int> Inputs(FormulaNode node) => new[] { node.A, node.B, node.C }.Where(i => i >= 0);

    /// <summary>A step reads an element of all operands before it writes that element, so a tile that it reads for the last time can take its result.</summary>
    private void Release(Operand operand, bool withSlope)
    {
        _freeTiles.Push(operand.Value.Offset);
        if (withSlope)
        {
            _freeTiles.Push(operand.Slope.Offset);
        }
    }

    private Place Tile() => new(_freeTiles.TryPop(out int free) ? free : Reserve(TileLength), PlaceKind.Tile);

    private Place Broadcast(double value)
    {
        int offset = Reserve(RegisterLength);
        _numbers.Add((offset, value));
        return new(offset, PlaceKind.Broadcast);
    }

    private int Reserve(int length)
    {
        int offset = FrameLength;
        FrameLength += length;
        return offset;
    }
}
