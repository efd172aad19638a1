using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hillock.Networks.Execution;

/// <summary>The sizes of a pooling; sequences have height 1.</summary>
internal sealed record PoolGeometry(
    int Height, int Width, int Channels, int WindowHeight, int WindowWidth, int StrideY, int StrideX, int PaddingY, int PaddingX)
{
    public int OutputHeight => (Height + 2 * PaddingY - WindowHeight) / StrideY + 1;

    public int OutputWidth => (Width + 2 * PaddingX - WindowWidth) / StrideX + 1;

    /// <summary>Whether every input is in exactly one window.</summary>
    public bool Tiles => StrideY == WindowHeight && StrideX == WindowWidth && PaddingY == 0 && PaddingX == 0
        && Height % WindowHeight == 0 && Width % WindowWidth == 0;
}

/// <summary>
/// A pooling: image by image, eight channels at a time. Max pooling keeps for each output which input of the window it was. Of a sequence with padding the
/// windows that reach into it end where the padding begins; what lies wholly in it stays as it is, padding for the layers behind.
/// </summary>
internal sealed unsafe class PoolStep : PlanStep
{
    private readonly PoolKind _kind;
    private readonly PoolGeometry _geometry;
    private readonly PlanValue _input;
    private readonly PlanValue _output;
    private readonly PlanBuffer? _places;
    private readonly Action<int> _forward;
    private readonly Action<int> _backward;
    private BatchPass _pass = null!;

    private PoolStep(PoolKind kind, PoolGeometry geometry, PlanValue input, PlanValue output, PlanBuffer? places)
    {
        _kind = kind;
        _geometry = geometry;
        _input = input;
        _output = output;
        _places = places;
        _forward = ForwardImage;
        _backward = BackwardImage;
    }

    /// <summary>Adds a pooling to a plan.</summary>
    /// <returns>What it gives.</returns>
    public static PlanValue Add(PlanBuilder plan, PoolKind kind, PoolGeometry geometry, TensorShape shape, PlanValue input)
    {
        PlanValue output = plan.Value(shape, input.Gradient != null, mayBeOverwritten: true);
        PlanBuffer? places = kind == PoolKind.Max && output.Gradient != null ? plan.Buffer(output.Data.Length) : null;
        output.Lengths = shape.Rank == 2 ? plan.Behind(input.Lengths, geometry.WindowWidth, geometry.StrideX, 2 * geometry.PaddingX) : null;
        plan.Add(
            new PoolStep(kind, geometry, input, output, places),
            output,
            [input.Data, output.Data, places],
            [input.Gradient, output.Gradient, places]);
        return output;
    }

    public override void Forward(BatchPass pass)
    {
        _pass = pass;
        pass.Run(pass.Rows, _forward);
    }

    public override void Backward(BatchPass pass) => pass.Run(pass.Rows, _backward);

    private void ForwardImage(int image)
    {
        int real = RealWidth(image);
        float* input = _input.Data.Pointer + (nint)image * _input.Shape.Size;
        nint first = (nint)image * _output.Shape.Size;
        for (int y = 0; y < _geometry.OutputHeight; y++)
        {
            for (int x = 0; x < _geometry.OutputWidth; x++)
            {
                Window window = WindowOf(y, x, real);
                float* output = _output.Data.Pointer + first;
                if (_kind == PoolKind.Max)
                {
                    Max(input, window, output, _places == null ? null : (int*)_places.Pointer + first);
                }
                else
                {
                    Mean(input, window, output);
                }

                first += _geometry.Channels;
            }
        }
    }

    private void BackwardImage(int image)
    {
        int real = RealWidth(image);
        bool tiles = _geometry.Tiles && real == _geometry.Width;
        float* input = _input.Gradient!.Pointer + (nint)image * _input.Shape.Size;
        if (!tiles)
        {
            new Span<float>(input, _input.Shape.Size).Clear();
        }

        nint first = (nint)image * _output.Shape.Size;
        for (int y = 0; y < _geometry.OutputHeight; y++)
        {
            for (int x = 0; x < _geometry.OutputWidth; x++)
            {
                Window window = WindowOf(y, x, real);
                float* output = _output.Gradient!.Pointer + first;
                int* places = _kind == PoolKind.Max ? (int*)_places!.Pointer + first : null;
                if (tiles)
                {
                    Spread<Store>(input, window, output, places);
                }
                else
                {
                    Spread<Accumulate>(input, window, output, places);
                }

                first += _geometry.Channels;
            }
        }
    }

    /// <summary>The columns of an image, of a sequence its real positions.</summary>
    private int RealWidth(int image) => _input.Lengths?.RealPositions(image, _geometry.Width) ?? _geometry.Width;

    private Window WindowOf(int y, int x, int real)
    {
        int top = y * _geometry.StrideY - _geometry.PaddingY;
        int left = x * _geometry.StrideX - _geometry.PaddingX;
        int width = left < real ? real : _geometry.Width;
        return new Window(
            Math.Max(0, top), Math.Min(_geometry.Height, top + _geometry.WindowHeight), Math.Max(0, left), Math.Min(width, left + _geometry.WindowWidth));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Max(float* input, Window window, float* output, int* places)
    {
        int channels = _geometry.Channels;
        nint line = (nint)_geometry.Width * channels;
        int channel = 0;
        for (; channel <= channels - Vector256<float>.Count; channel += Vector256<float>.Count)
        {
            float* corner = input + window.Top * line + window.Left * channels + channel;
            Vector256<float> greatest = Vector256.Load(corner);
            Vector256<int> place = Vector256<int>.Zero;
            int here = 0;
            for (int y = window.Top; y < window.Bottom; y++, corner += line)
            {
                float* pixel = corner;
                for (int x = window.Left; x < window.Right; x++, pixel += channels, here++)
                {
                    Vector256<float> value = Vector256.Load(pixel);
                    Vector256<float> better = Vector256.GreaterThan(value, greatest) | ~Vector256.Equals(value, value);
                    greatest = Vector256.ConditionalSelect(better, value, greatest);
                    place = Vector256.ConditionalSelect(better.AsInt32(), Vector256.Create(here), place);
                }
            }

            greatest.Store(output + channel);
            if (places != null)
            {
                place.Store(places + channel);
            }
        }

        for (; channel < channels; channel++)
        {
            float* corner = input + window.Top * line + window.Left * channels + channel;
            float greatest = *corner;
            int place = 0;
            int here = 0;
            for (int y = window.Top; y < window.Bottom; y++, corner += line)
            {
                float* pixel = corner;
                for (int x = window.Left; x < window.Right; x++, pixel += channels, here++)
                {
                    if (*pixel > greatest || float.IsNaN(*pixel))
                    {
                        greatest = *pixel;
                        place = here;
                    }
                }
            }

            output[channel] = greatest;
            if (places != null)
            {
                places[channel] = place;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mean(float* input, Window window, float* output)
    {
        int channels = _geometry.Channels;
        nint line = (nint)_geometry.Width * channels;
        float share = 1f / window.Count;
        int channel = 0;
        for (; channel <= channels - Vector256<float>.Count; channel += Vector256<float>.Count)
        {
            Vector256<float> sum = Vector256<float>.Zero;
            for (int y = window.Top; y < window.Bottom; y++)
            {
                float* pixel = input + y * line + window.Left * channels + channel;
                for (int x = window.Left; x < window.Right; x++, pixel += channels)
                {
                    sum += Vector256.Load(pixel);
                }
            }

            (sum * share).Store(output + channel);
        }

        for (; channel < channels; channel++)
        {
            float sum = 0;
            for (int y = window.Top; y < window.Bottom; y++)
            {
                float* pixel = input + y * line + window.Left * channels + channel;
                for (int x = window.Left; x < window.Right; x++, pixel += channels)
                {
                    sum += *pixel;
                }
            }

            output[channel] = sum * share;
        }
    }

    /// <summary>Gives a window's inputs their part of an output's gradient: all of it to the greatest, or equal shares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread<TWrite>(float* input, Window window, float* output, int* places)
        where TWrite : struct, IWrite
    {
        int channels = _geometry.Channels;
        nint line = (nint)_geometry.Width * channels;
        float share = 1f / window.Count;
        int here = 0;
        for (int y = window.Top; y < window.Bottom; y++)
        {
            float* pixel = input + y * line + window.Left * channels;
            for (int x = window.Left; x < window.Right; x++, pixel += channels, here++)
            {
                int channel = 0;
                for (; channel <= channels - Vector256<float>.Count; channel += Vector256<float>.Count)
                {
                    Vector256<float> gradient = Vector256.Load(output + channel);
                    Vector256<float> part = places == null
                        ? gradient * share
                        : gradient & Vector256.Equals(Vector256.Load(places + channel), Vector256.Create(here)).AsSingle();
                    TWrite.Write(part, pixel + channel);
                }

                for (; channel < channels; channel++)
                {
                    float part = places == null ? output[channel] * share : places[channel] == here ? output[channel] : 0;
                    TWrite.Write(part, pixel + channel);
                }
            }
        }
    }

    /// <summary>The part of a window that lies in the image.</summary>
    private readonly record struct Window(int Top, int Bottom, int Left, int Right)
    {
        public int Count => (Bottom - Top) * (Right - Left);
    }

    private interface IWrite
    {
        static abstract void Write(Vector256<float> value, float* destination);

        static abstract void Write(float value, float* destination);
    }

    /// <summary>For inputs of one window only.</summary>
    private readonly struct Store : IWrite
    {
        public static void Write(Vector256<float> value, float* destination) => value.Store(destination);

        public static void Write(float value, float* destination) => *destination = value;
    }

    /// <summary>For inputs of several windows.</summary>
    private readonly struct Accumulate : IWrite
    {
        public static void Write(Vector256<float> value, float* destination) => (Vector256.Load(destination) + value).Store(destination);

        public static void Write(float value, float* destination) => *destination += value;
    }
}
