using System.Runtime.CompilerServices;
using Hillock.Networks.Numerics;

namespace Hillock.Networks.Execution;

/// <summary>Lets several branches read one value: the gradient by it is the sum of theirs.</summary>
internal sealed class ForkStep : PlanStep
{
    private readonly PlanValue[] _ways;
    private readonly Chunks _chunks;
    private readonly Action<int> _add;
    private BatchPass _pass = null!;

    private ForkStep(PlanValue[] ways)
    {
        _ways = ways;
        _chunks = Chunks.Of(ways[0].Shape);
        _add = AddChunk;
    }

    /// <summary>Adds a fork to a plan.</summary>
    /// <returns>The value once for each branch, with a gradient of its own; the first has the place of the sum.</returns>
    public static PlanValue[] Add(PlanBuilder plan, PlanValue input, int count)
    {
        PlanValue[] ways = new PlanValue[count];
        for (int i = 0; i < count; i++)
        {
            PlanBuffer? gradient = i == 0 || input.Gradient == null ? input.Gradient : plan.Buffer(input.Data.Length);
            ways[i] = new PlanValue(input.Shape, input.Data, gradient) { Lengths = input.Lengths };
        }

        if (input.Gradient != null && count > 1)
        {
            plan.Add(new ForkStep(ways), input, [], [.. ways.Select(way => way.Gradient)]);
        }

        return ways;
    }

    public override void Forward(BatchPass pass) => _pass = pass;

    public override void Backward(BatchPass pass) => pass.Run(_chunks.Count(pass.Rows), _add);

    private void AddChunk(int chunk)
    {
        long start = _chunks.Start(chunk);
        int length = _chunks.SizeOf(chunk, _pass.Rows);
        Span<float> sum = _ways[0].Gradient!.Slice(start, length);
        for (int i = 1; i < _ways.Length; i++)
        {
            VectorLoops.Add(sum, _ways[i].Gradient!.Slice(start, length), sum);
        }
    }
}

/// <summary>Adds two values. The gradient of the sum is that of both.</summary>
internal sealed class AddStep : PlanStep
{
    private readonly PlanValue _first;
    private readonly PlanValue _second;
    private readonly PlanValue _output;
    private readonly Chunks _chunks;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private BatchPass _pass = null!;

    private AddStep(PlanValue first, PlanValue second, PlanValue output)
    {
        _first = first;
        _second = second;
        _output = output;
        _chunks = Chunks.Of(output.Shape);
        _forward = ForwardChunk;
        _backward = BackwardChunk;
    }

    /// <summary>Adds the sum of two values to a plan.</summary>
    /// <returns>The sum.</returns>
    public static PlanValue Add(PlanBuilder plan, PlanValue first, PlanValue second)
    {
        if (first.Gradient == null)
        {
            (first, second) = (second, first);
        }

        PlanBuffer data = plan.MayOverwrite(first) ? first.Data : plan.Buffer(first.Data.Length);
        PlanValue output = new(first.Shape, data, first.Gradient) { MayBeOverwritten = true, Lengths = plan.Meeting(first.Lengths, second.Lengths) };
        plan.Add(new AddStep(first, second, output), output, [first.Data, second.Data, output.Data], [output.Gradient, second.Gradient]);
        return output;
    }

    public override void Forward(BatchPass pass)
    {
        _pass = pass;
        pass.Run(_chunks.Count(pass.Rows), _forward);
    }

    public override void Backward(BatchPass pass)
    {
        if (_second.Gradient != null)
        {
            pass.Run(_chunks.Count(pass.Rows), _backward);
        }
    }

    private void ForwardChunk(int chunk)
    {
        long start = _chunks.Start(chunk);
        int length = _chunks.SizeOf(chunk, _pass.Rows);
        VectorLoops.Add(_first.Data.Slice(start, length), _second.Data.Slice(start, length), _output.Data.Slice(start, length));
    }

    private void BackwardChunk(int chunk)
    {
        long start = _chunks.Start(chunk);
        int length = _chunks.SizeOf(chunk, _pass.Rows);
        _output.Gradient!.Slice(start, length).CopyTo(_second.Gradient!.Slice(start, length));
    }
}

/// <summary>Puts the channels of several values behind each other.</summary>
internal sealed class ConcatenateStep : PlanStep
{
    private readonly PlanValue[] _inputs;
    private readonly PlanValue _output;
    private readonly Chunks _chunks;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private BatchPass _pass = null!;

    private ConcatenateStep(PlanValue[] inputs, PlanValue output)
    {
        _inputs = inputs;
        _output = output;
        _chunks = Chunks.Of(output.Shape);
        _forward = ForwardChunk;
        _backward = BackwardChunk;
    }

    /// <summary>Adds the step to a plan.</summary>
    /// <returns>What it gives.</returns>
    public static PlanValue Add(PlanBuilder plan, TensorShape shape, PlanValue[] inputs)
    {
        if (inputs.Length == 1)
        {
            return inputs[0];
        }

        PlanValue output = plan.Value(shape, inputs.Any(input => input.Gradient != null), mayBeOverwritten: true);
        output.Lengths = inputs.Select(input => input.Lengths).Aggregate(plan.Meeting);
        plan.Add(
            new ConcatenateStep(inputs, output),
            output,
            [output.Data, .. inputs.Select(input => input.Data)],
            [output.Gradient, .. inputs.Select(input => input.Gradient)]);
        return output;
    }

    public override void Forward(BatchPass pass)
    {
        _pass = pass;
        pass.Run(_chunks.Count(pass.Rows), _forward);
    }

    public override void Backward(BatchPass pass) => pass.Run(_chunks.Count(pass.Rows), _backward);

    private void ForwardChunk(int chunk)
    {
        int offset = 0;
        foreach (PlanValue input in _inputs)
        {
            CopyColumns(chunk, input.Data, 0, input.Shape.Channels, _output.Data, offset, _chunks.Channels, input.Shape.Channels);
            offset += input.Shape.Channels;
        }
    }

    private void BackwardChunk(int chunk)
    {
        int offset = 0;
        foreach (PlanValue input in _inputs)
        {
            if (input.Gradient != null)
            {
                CopyColumns(chunk, _output.Gradient!, offset, _chunks.Channels, input.Gradient, 0, input.Shape.Channels, input.Shape.Channels);
            }

            offset += input.Shape.Channels;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyColumns(int chunk, PlanBuffer source, int sourceOffset, int sourceRow, PlanBuffer target, int targetOffset, int targetRow, int count)
    {
        long first = _chunks.First(chunk);
        for (int i = 0; i < _chunks.PositionsOf(chunk, _pass.Rows); i++)
        {
            source.Slice((first + i) * sourceRow + sourceOffset, count).CopyTo(target.Slice((first + i) * targetRow + targetOffset, count));
        }
    }
}
