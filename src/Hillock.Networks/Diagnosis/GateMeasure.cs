using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>Collects what gates of one direction of a recurrent layer do, over samples and positions.</summary>
internal sealed unsafe class GateMeasure
{
    private readonly Network _network;
    private readonly RecurrentDirection _direction;
    private readonly NamedGates _gates;
    private readonly bool _second;
    private readonly ChannelMoments _inputs;
    private readonly ChannelMoments _outputs;
    private readonly float[] _ones;
    private readonly float[] _slopes;
    private SlopeMeasure? _slopeMeasure;

    /// <summary>Makes the measure.</summary>
    /// <param name="network">The network.</param>
    /// <param name="direction">The direction, of an observed plan.</param>
    /// <param name="gates">Its gates.</param>
    /// <param name="second">Whether it is the second direction of a layer that reads in both.</param>
    public GateMeasure(Network network, RecurrentDirection direction, NamedGates gates, bool second)
    {
        _network = network;
        _direction = direction;
        _gates = gates;
        _second = second;
        int columns = gates.Activation.Columns;
        _inputs = new ChannelMoments(columns);
        _outputs = new ChannelMoments(columns);
        _ones = new float[columns];
        _slopes = new float[columns];
        Array.Fill(_ones, 1f);
        Start();
    }

    /// <summary>Forgets everything, and looks at the activation's parameters anew.</summary>
    public void Start()
    {
        _inputs.Clear();
        _outputs.Clear();
        CellActivation activation = _gates.Activation;
        if (_slopeMeasure is null || activation.Learned.Any(tensor => tensor != null))
        {
            _slopeMeasure = new SlopeMeasure(GreatestSlope.OfChannels(_network, activation.Description, activation.Learned, activation.Columns));
        }

        _slopeMeasure.Clear();
    }

    /// <summary>Takes in the samples of a batch, when the step's forward pass is just over.</summary>
    /// <param name="rows">How many of them, from the first on.</param>
    public void Look(int rows) => _direction.Show(_gates, rows, this);

    /// <summary>Takes in the gates of a sample at a position.</summary>
    /// <param name="sums">Their sums.</param>
    /// <param name="values">The gates.</param>
    public void Add(float* sums, float* values)
    {
        ReadOnlySpan<float> inputs = new(sums, _slopes.Length);
        _inputs.Add(inputs);
        _outputs.Add(new ReadOnlySpan<float>(values, _slopes.Length));
        _gates.Activation.Slopes(sums, values, _ones, _slopes);
        _slopeMeasure!.Add(inputs, _slopes);
    }

    /// <summary>What was found, gate by gate.</summary>
    public IEnumerable<GateDiagnosis> Results()
    {
        int units = _slopes.Length / _gates.Names.Count;
        for (int gate = 0; gate < _gates.Names.Count; gate++)
        {
            int first = gate * units;
            UnitDiagnosis[] details =
            [
                .. Enumerable.Range(first, units).Select(unit => _slopeMeasure!.Unit(unit, _outputs.Mean(unit), Math.Sqrt(_outputs.Variance(unit)))),
            ];
            yield return new GateDiagnosis
            {
                Name = _gates.Names[gate],
                SecondDirection = _second,
                Activation = _gates.Activation.Description,
                Dead = details.Count(unit => unit.Dead) / (double)units,
                Saturated = details.Average(unit => (double)unit.Saturated),
                Stuck = details.Count(unit => unit.Stuck) / (double)units,
                Input = _inputs.Result(first, units),
                Output = _outputs.Result(first, units),
                UnitDetails = details,
            };
        }
    }
}
