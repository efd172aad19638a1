using System.Text.Json.Serialization;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>Gives every token id a learned row of numbers: a sequence of length × units. The rows start with numbers of N(0, 1).</summary>
/// <param name="Units">The numbers of a row; at least 1.</param>
public sealed record EmbeddingLayer(int Units) : LayerDescription
{
    /// <summary>The numbers of a row.</summary>
    public int Units { get; init; } = AtLeast(1, Units, nameof(Units));

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Text => $"embedding:{Units}";

    internal override bool IsCausal => true;

    internal override TensorShape Declare(LayerNode node)
    {
        if (!node.Input.IsTokens)
        {
            throw node.Error($"needs token ids, and its input is {node.Input}");
        }

        node.Random("weight", TensorKind.Weight, [node.Input.Vocabulary, Units], (values, random) => random.FillNormal(values, 0, 1));
        return TensorShape.Sequence(node.Input.Size, Units);
    }

    internal override PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input)
    {
        PlanValue output = plan.Value(node.Output, needsGradient: true, mayBeOverwritten: true);
        plan.Add(new EmbeddingStep(node, input, output), output, [input.Data, output.Data], [input.Data, output.Gradient]);
        return output;
    }
}

/// <summary>Looks rows of a table up. For the gradient every piece goes through all tokens and adds some columns, so that rows are summed in one order.</summary>
internal sealed unsafe class EmbeddingStep : PlanStep
{
    private const int ColumnsOfPiece = 32;

    private readonly NetworkTensor _weight;
    private readonly PlanValue _input;
    private readonly PlanValue _output;
    private readonly int _vocabulary;
    private readonly int _units;
    private readonly Chunks _chunks;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private BatchPass _pass = null!;

    public EmbeddingStep(LayerNode node, PlanValue input, PlanValue output)
    {
        _weight = node.Tensors[0];
        _input = input;
        _output = output;
        _vocabulary = node.Input.Vocabulary;
        _units = output.Shape.Channels;
        _chunks = Chunks.Of(output.Shape);
        _forward = ForwardChunk;
        _backward = BackwardColumns;
    }

    public override void Forward(BatchPass pass)
    {
        _pass = pass;
        pass.Run(_chunks.Count(pass.Rows), _forward);
    }

    public override void Backward(BatchPass pass)
    {
        if (pass.Gradients != null)
        {
            pass.Run((_units + ColumnsOfPiece - 1) / ColumnsOfPiece, _backward);
        }
    }

    private void ForwardChunk(int chunk)
    {
        long first = _chunks.First(chunk);
        for (int i = 0; i < _chunks.PositionsOf(chunk, _pass.Rows); i++)
        {
            ReadOnlySpan<float> row = new(_pass.Of(_weight) + Token(first + i) * _units, _units);
            row.CopyTo(_output.Data.Slice((first + i) * _units, _units));
        }
    }

    private void BackwardColumns(int piece)
    {
        int column = piece * ColumnsOfPiece;
        int columns = Math.Min(ColumnsOfPiece, _units - column);
        float* gradients = _pass.GradientOf(_weight) + column;
        for (int token = 0; token < _vocabulary; token++)
        {
            new Span<float>(gradients + (nint)token * _units, columns).Clear();
        }

        long positions = (long)_pass.Rows * _input.Shape.Size;
        for (long position = 0; position < positions; position++)
        {
            float* sum = gradients + Token(position) * _units;
            float* gradient = _output.Gradient!.Pointer + position * _units + column;
            VectorLoops.Add(new Span<float>(sum, columns), new Span<float>(gradient, columns), new Span<float>(sum, columns));
        }
    }

    private nint Token(long position)
    {
        float id = _input.Data.Pointer[position];
        return id >= 0 && id < _vocabulary
            ? (int)id
            : throw new InvalidOperationException($"token {id} of sample {position / _input.Shape.Size} is not one of 0 to {_vocabulary - 1}");
    }
}
