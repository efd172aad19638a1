using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hillock.Networks.Execution;
using Hillock.Networks.Numerics;

namespace Hillock.Networks;

/// <summary>Collects what one layer of an observed plan does to the samples, batch by batch.</summary>
internal sealed class LayerMeasure
{
    private readonly Network _network;
    private readonly ActivationUnit? _unit;
    private readonly LayerNode? _weighted;
    private readonly NetworkTensor[] _weights;
    private readonly string? _normalisation;
    private readonly PlanValue _sums;
    private readonly PlanValue _input;
    private readonly PlanValue _output;
    private readonly ChannelMoments _sumMoments;
    private readonly ChannelMoments _inputMoments;
    private readonly ChannelMoments _outputMoments;
    private readonly LogHistogram _histogram = new();
    private readonly GateMeasure[] _gates;
    private readonly long _gateNumbers;
    private readonly double[] _gradient;
    private readonly float[] _ones;
    private readonly float[] _slopes;
    private SlopeMeasure? _slopeMeasure;
    private double _gradientSquares;
    private long _zeros;
    private long _samples;

    /// <summary>Makes the measure.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weighted">The step of the layer that has the weights; null for an activation by itself.</param>
    /// <param name="activation">The step whose activation belongs to the layer, or that of the layer itself where it has none.</param>
    /// <param name="normalisation">The normalisation between the two; null for none.</param>
    public LayerMeasure(Network network, PlanStep? weighted, PlanStep activation, string? normalisation)
    {
        _normalisation = normalisation;
        _network = network;
        _weighted = weighted?.Node;
        _weights = [.. _weighted?.Tensors.Where(tensor => tensor.Kind == TensorKind.Weight) ?? []];
        _unit = activation.Activation;
        _input = _unit?.Input ?? activation.Result;
        _output = _unit?.Output ?? activation.Result;
        _sums = weighted?.Result ?? _input;
        _sumMoments = new ChannelMoments(_sums.Shape.Channels);
        _inputMoments = _sums == _input ? _sumMoments : new ChannelMoments(_input.Shape.Channels);
        _outputMoments = _output == _input ? _inputMoments : new ChannelMoments(_output.Shape.Channels);
        _gradient = new double[_input.Gradient is null ? 0 : _input.Shape.Size];
        bool judged = _unit?.Description.Definition.IsElementwise == true;
        _ones = new float[judged ? _unit!.SlopePiece : 0];
        _slopes = new float[_ones.Length];
        Array.Fill(_ones, 1f);
        Recurrent = weighted as RecurrentStep;
        IReadOnlyList<RecurrentDirection> directions = Recurrent?.Directions ?? [];
        _gates =
        [
            .. from direction in directions
               from gates in direction.NamedGates
               select new GateMeasure(network, direction, gates, second: direction != directions[0]),
        ];
        _gateNumbers = directions.Sum(direction => direction.GateNumbers);
        Start();
    }

    /// <summary>The numbers of the largest signal of a sample.</summary>
    public int Size => Math.Max(_sums.Shape.Size, _output.Shape.Size);

    /// <summary>The channels of what comes out, each of which is a unit.</summary>
    public int Channels => _output.Shape.Channels;

    /// <summary>The step of a recurrent layer, whose gates are looked at; null for other layers.</summary>
    public RecurrentStep? Recurrent { get; }

    /// <summary>The activation; null without one.</summary>
    public ActivationUnit? Unit => _unit;

    /// <summary>Whether the layer has weights.</summary>
    public bool HasWeights => _weights.Length > 0;

    /// <summary>The greatest slope of each channel with the parameters that it has; empty for functions of rows and without an activation.</summary>
    public float[] GreatestSlopes { get; private set; } = [];

    /// <summary>Forgets everything, and looks at the activation's parameters anew.</summary>
    public void Start()
    {
        _sumMoments.Clear();
        _inputMoments.Clear();
        _outputMoments.Clear();
        _histogram.Clear();
        Array.Clear(_gradient);
        _gradientSquares = 0;
        _zeros = 0;
        _samples = 0;
        foreach (GateMeasure gates in _gates)
        {
            gates.Start();
        }

        if (_ones.Length == 0)
        {
            return;
        }

        if (_slopeMeasure is null || _unit!.Learned.Any(tensor => tensor != null))
        {
            GreatestSlopes = GreatestSlope.OfChannels(_network, _unit!);
            _slopeMeasure = new SlopeMeasure(GreatestSlopes);
        }

        _slopeMeasure.Clear();
    }

    /// <summary>Takes in the gates of samples, when the forward pass of the step that has the weights is just over.</summary>
    /// <param name="rows">How many there are.</param>
    /// <param name="mostNumbers">How many numbers are looked at, in whole samples from the first on and at least one.</param>
    public void AddGates(int rows, int mostNumbers)
    {
        rows = (int)Math.Min(rows, Math.Max(1, mostNumbers / _gateNumbers));
        foreach (GateMeasure gates in _gates)
        {
            gates.Look(rows);
        }
    }

    /// <summary>Takes in samples of a batch, when the step's backward pass is just over.</summary>
    /// <param name="rows">How many, from the first on.</param>
    /// <param name="batch">The samples of the whole batch, over which the gradient is a mean.</param>
    public void Add(int rows, int batch)
    {
        _samples += rows;
        AddMoments(_sumMoments, _sums, rows);
        if (_inputMoments != _sumMoments)
        {
            AddMoments(_inputMoments, _input, rows);
        }

        if (_outputMoments != _inputMoments)
        {
            AddMoments(_outputMoments, _output, rows);
        }

        long from = 0;
        while (_output.NextReal(rows, ref from, out Span<float> outputs))
        {
            _histogram.Add(outputs);
            _zeros += VectorLoops.CountZeros(outputs);
        }

        if (_gradient.Length > 0)
        {
            AddGradients(rows, batch);
        }

        if (_slopeMeasure is { } slopes)
        {
            AddSlopes(slopes, rows);
        }
    }

    private static void AddMoments(ChannelMoments moments, PlanValue value, int rows)
    {
        long from = 0;
        while (value.NextReal(rows, ref from, out Span<float> numbers))
        {
            moments.Add(numbers);
        }
    }

    private void AddSlopes(SlopeMeasure measure, int rows)
    {
        int channels = _input.Shape.Channels;
        long end = (long)rows * _input.Shape.Size;
        long start = 0;
        for (int piece = 0; piece < _unit!.SlopePieces && start < end; piece++)
        {
            ReadOnlySpan<float> slopes = _unit.Slopes(piece, _ones, _slopes);
            int from = 0;
            while (_unit.NextReal(piece, ref from, out int first, out int count, rows))
            {
                int length = count * channels;
                measure.Add(_input.Data.Slice(start + (first * channels), length), slopes.Slice(first * channels, length));
            }

            start += slopes.Length;
        }
    }

    private void AddGradients(int rows, int batch)
    {
        int positions = _input.Shape.Positions;
        int channels = _input.Shape.Channels;
        long from = 0;
        while (SequenceLengths.NextReal(_input.Lengths, positions, ref from, (long)rows * positions, out long first, out int count))
        {
            AddGradient(_input.Gradient!.Slice(first * channels, count * channels), batch);
        }
    }

    /// <summary>The gradient of the batch's mean times its size is that of a sample. Takes in whole samples, or the real positions of one, which are its first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddGradient(ReadOnlySpan<float> gradient, int batch)
    {
        Span<double> sums = _gradient.AsSpan(0, Math.Min(_gradient.Length, gradient.Length));
        Vector256<double> lower = default;
        Vector256<double> upper = default;
        double squares = 0;
        for (; gradient.Length >= sums.Length; gradient = gradient[sums.Length..])
        {
            int unit = 0;
            for (; unit <= sums.Length - Vector256<float>.Count; unit += Vector256<float>.Count)
            {
                Vector256<float> slopes = Vector256.Create(gradient[unit..]);
                lower = AddFour(Vector256.WidenLower(slopes) * batch, sums[unit..], lower);
                upper = AddFour(Vector256.WidenUpper(slopes) * batch, sums[(unit + Vector256<double>.Count)..], upper);
            }

            for (; unit < sums.Length; unit++)
            {
                double g = (double)gradient[unit] * batch;
                sums[unit] += g;
                squares += g * g;
            }
        }

        _gradientSquares += squares + Vector256.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> AddFour(Vector256<double> gradient, Span<double> sums, Vector256<double> squares)
    {
        (Vector256.Create<double>(sums) + gradient).CopyTo(sums);
        return squares + (gradient * gradient);
    }

    /// <summary>What was found.</summary>
    /// <param name="layer">The layer's number.</param>
    public LayerDiagnosis Result(int layer)
    {
        double cases = (double)_output.Shape.Channels * _outputMoments.Positions;
        UnitDiagnosis[] units = [.. Enumerable.Range(0, _unit is null ? 0 : _output.Shape.Channels).Select(UnitResult)];
        bool judged = _slopeMeasure != null;
        return new LayerDiagnosis
        {
            Layer = layer,
            Text = _weighted?.Description.Text ?? _unit!.Node.Description.Text,
            Units = _output.Shape.Channels,
            Activation = _unit?.Description,
            Normalisation = _normalisation,
            Dead = judged ? Share(units, unit => unit.Dead) : null,
            Saturated = judged ? _slopeMeasure!.Saturated / cases : null,
            Stuck = judged ? Share(units, unit => unit.Stuck) : null,
            Linear = judged ? Share(units, unit => unit.Linear) : null,
            Sparsity = _zeros / cases,
            Sums = _sumMoments.Result(),
            Input = _inputMoments.Result(),
            Output = _outputMoments.Result(),
            NotFinite = new[] { _sumMoments, _inputMoments, _outputMoments }.Distinct().Sum(moments => moments.NotFinite),
            GradientNorm = Finite(Math.Sqrt(_gradient.Sum(sum => sum / _samples * (sum / _samples)))),
            SampleGradientNorm = Finite(Math.Sqrt(_gradientSquares / _samples)),
            WeightNorm = _weighted is null ? null : Length(_network.Parameters.Span),
            Identical = _unit is null ? null : IdenticalUnits.Share(_network, _weighted),
            Histogram = _histogram.Clone(),
            UnitDetails = units,
            Gates = [.. _gates.SelectMany(gates => gates.Results())],
        };
    }

    /// <summary>The Euclidean length of what lies at the places of the layer's weights.</summary>
    public double Length(ReadOnlySpan<float> values)
    {
        double squares = 0;
        foreach (NetworkTensor tensor in _weights)
        {
            squares += VectorLoops.SquaredLength(values.Slice((int)tensor.Offset, (int)tensor.Length));
        }

        return Math.Sqrt(squares);
    }

    /// <summary>The Euclidean distance of the layer's weights from other values.</summary>
    public double Distance(ReadOnlySpan<float> values, ReadOnlySpan<float> others)
    {
        double squares = 0;
        foreach (NetworkTensor tensor in _weights)
        {
            squares += VectorLoops.SquaredDistance(values.Slice((int)tensor.Offset, (int)tensor.Length), others.Slice((int)tensor.Offset, (int)tensor.Length));
        }

        return Math.Sqrt(squares);
    }

    private UnitDiagnosis UnitResult(int unit)
    {
        double mean = _outputMoments.Mean(unit);
        double deviation = Math.Sqrt(_outputMoments.Variance(unit));
        return _slopeMeasure?.Unit(unit, mean, deviation) ?? new UnitDiagnosis(false, 0, 0, float.NaN, float.NaN, (float)mean, (float)deviation);
    }

    private static double Share(UnitDiagnosis[] units, Func<UnitDiagnosis, bool> holds) => (double)units.Count(holds) / units.Length;

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;
}
