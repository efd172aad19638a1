using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hillock.Activations.Random;

namespace Hillock.Networks.Execution;

/// <summary>Replaces random numbers of a batch by a constant and scales and shifts the others. Which they were is kept as one bit each.</summary>
internal sealed unsafe class DropoutStep : PlanStep
{
    private readonly int _layer;
    private readonly PlanValue _input;
    private readonly PlanValue _output;
    private readonly float _rate;
    private readonly float _scale;
    private readonly float _shift;
    private readonly float _dropped;
    private readonly Chunks _chunks;
    private readonly PlanBuffer _kept;
    private readonly RandomStream[] _streams;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private BatchPass _pass = null!;
    private RandomKey _key;

    private DropoutStep(PlanBuilder plan, LayerNode node, PlanValue input, PlanValue output, float rate, float scale, float shift, float dropped)
    {
        _layer = node.Number;
        _input = input;
        _output = output;
        _rate = rate;
        _scale = scale;
        _shift = shift;
        _dropped = dropped;
        _chunks = Chunks.Of(input.Shape);
        int most = _chunks.Count(plan.MaximumRows);
        _kept = plan.Buffer(((long)most * BytesOfChunk + sizeof(float) - 1) / sizeof(float));
        _streams = [.. Enumerable.Range(0, most).Select(_ => new RandomStream(default))];
        _forward = ForwardChunk;
        _backward = BackwardChunk;
    }

    private int BytesOfChunk => (_chunks.Size + 7) / 8;

    /// <summary>Adds the step to a plan; a plan without training has none.</summary>
    public static PlanValue Add(PlanBuilder plan, LayerNode node, PlanValue input, float rate, float scale, float shift, float dropped)
    {
        if (!plan.Trains || rate == 0)
        {
            return input;
        }

        PlanValue output = new(input.Shape, plan.Buffer(input.Data.Length), input.Gradient) { MayBeOverwritten = true };
        DropoutStep step = new(plan, node, input, output, rate, scale, shift, dropped);
        plan.Add(step, output, [input.Data, output.Data, step._kept], [output.Gradient, step._kept]);
        return output;
    }

    public override void Forward(BatchPass pass)
    {
        _pass = pass;
        _key = pass.Draws.Derive(_layer);
        pass.Run(_chunks.Count(pass.Rows), _forward);
    }

    public override void Backward(BatchPass pass)
    {
        if (pass.Training)
        {
            pass.Run(_chunks.Count(pass.Rows), _backward);
        }
    }

    private void ForwardChunk(int chunk)
    {
        long start = _chunks.Start(chunk);
        int length = _chunks.SizeOf(chunk, _pass.Rows);
        if (!_pass.Training)
        {
            _input.Data.Slice(start, length).CopyTo(_output.Data.Slice(start, length));
            return;
        }

        _streams[chunk].Restart(_key.Derive(chunk));
        _streams[chunk].FillUniform(_output.Data.Slice(start, length), 0, 1);
        Drop(_input.Data.Pointer + start, _output.Data.Pointer + start, length, Bits(chunk));
    }

    /// <summary>Replaces uniform numbers by outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Drop(float* input, float* output, int length, byte* bits)
    {
        Vector256<float> rate = Vector256.Create(_rate);
        Vector256<float> scale = Vector256.Create(_scale);
        Vector256<float> shift = Vector256.Create(_shift);
        Vector256<float> dropped = Vector256.Create(_dropped);
        int i = 0;
        for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float> kept = Vector256.GreaterThanOrEqual(Vector256.Load(output + i), rate);
            bits[i / 8] = (byte)kept.ExtractMostSignificantBits();
            Vector256.ConditionalSelect(kept, Vector256.FusedMultiplyAdd(Vector256.Load(input + i), scale, shift), dropped).Store(output + i);
        }

        if (i < length)
        {
            int last = 0;
            for (int bit = 0; i + bit < length; bit++)
            {
                bool kept = output[i + bit] >= _rate;
                last |= kept ? 1 << bit : 0;
                output[i + bit] = kept ? float.FusedMultiplyAdd(input[i + bit], _scale, _shift) : _dropped;
            }

            bits[i / 8] = (byte)last;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BackwardChunk(int chunk)
    {
        float* gradient = _output.Gradient!.Pointer + _chunks.Start(chunk);
        int length = _chunks.SizeOf(chunk, _pass.Rows);
        byte* bits = Bits(chunk);
        Vector256<float> scale = Vector256.Create(_scale);
        Vector256<int> lanes = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
        int i = 0;
        for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float> kept = Vector256.Equals(Vector256.Create((int)bits[i / 8]) & lanes, lanes).AsSingle();
            ((Vector256.Load(gradient + i) * scale) & kept).Store(gradient + i);
        }

        for (int bit = 0; i + bit < length; bit++)
        {
            gradient[i + bit] = (bits[i / 8] >> bit & 1) != 0 ? gradient[i + bit] * _scale : 0;
        }
    }

    private byte* Bits(int chunk) => (byte*)_kept.Pointer + (nint)chunk * BytesOfChunk;
}
