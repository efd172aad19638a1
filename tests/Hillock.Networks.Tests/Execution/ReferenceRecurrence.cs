using Hillock.Activations;
using Hillock.Networks.Execution;

namespace Hillock.Networks.Tests.Execution;

/// <summary>The recurrent layers by their definitions, sample by sample and position by position.</summary>
internal sealed partial class ReferenceNetwork
{
    private double[] Recur(LayerNode node, RecurrentLayer layer, double[] x)
    {
        int length = node.Input.Dimensions[0];
        int channels = node.Input.Channels;
        int outputs = node.Output.Channels;
        double[] y = new double[_rows * node.Output.Size];
        for (int n = 0; n < _rows; n++)
        {
            for (int direction = 0; direction < (layer.Bidirectional ? 2 : 1); direction++)
            {
                bool reverse = layer.Reverse || direction == 1;
                double[] state = new double[layer.Units];
                double[] cell = new double[layer.Units];
                IEnumerable<int> positions = Enumerable.Range(0, length);
                foreach (int position in reverse ? positions.Reverse() : positions)
                {
                    if (_real is null || position < _real[n])
                    {
                        state = Next(node, layer, x.AsSpan((n * length + position) * channels, channels).ToArray(), state, ref cell, direction == 1 ? "reverse_" : "");
                    }

                    state.CopyTo(y, layer.Sequence
                        ? (n * length + position) * outputs + direction * layer.Units
                        : n * outputs + direction * layer.Units);
                }
            }
        }

        return y;
    }

    private double[] Next(LayerNode node, RecurrentLayer layer, double[] x, double[] h, ref double[] cell, string prefix)
    {
        int units = layer.Units;
        double[] w = Of(node, prefix + "weight");
        double[] u = Of(node, prefix + "recurrent_weight");
        double[] b = Of(node, prefix + "bias");

        // Column blocks of a product, by the gate's place in the tensor.
        double[] Product(double[] row, double[] weights, int gate) => [.. Enumerable.Range(0, units).Select(unit =>
            row.Select((value, i) => value * weights[i * (weights.Length / row.Length) + gate * units + unit]).Sum())];
        double[] Bias(int gate) => b[(gate * units)..((gate + 1) * units)];
        double[] Sum(int gate, int recurrentGate) => Add(Add(Product(x, w, gate), Product(h, u, recurrentGate)), Bias(gate));
        double[] Gate(Activation activation, string name, params double[][] sums)
        {
            double[] all = [.. sums.SelectMany(sum => sum)];
            return Activate(node, activation, all, all.Length, all.Length, prefix + name);
        }

        switch (layer)
        {
            case LstmLayer lstm:
                double[] gates = Gate(lstm.GateActivation, "gate_", Sum(0, 0), Sum(1, 1), Sum(2, 2));
                double[] candidate = Gate(lstm.Activation, "candidate_", Sum(3, 3));
                double[] before = cell;
                cell = [.. Enumerable.Range(0, units).Select(i => gates[units + i] * before[i] + gates[i] * candidate[i])];
                double[] output = Gate(lstm.Activation, "cell_", cell);
                return [.. Enumerable.Range(0, units).Select(i => gates[2 * units + i] * output[i])];
            case GruLayer gru:
                double[] both = Gate(gru.GateActivation, "gate_", Sum(1, 0), Sum(2, 1));
                double[] recurrent = Add(Product(h, u, 2), Bias(3));
                double[] fresh = Gate(gru.Activation, "candidate_", Add(Add(Product(x, w, 0), Bias(0)), [.. recurrent.Select((q, i) => both[i] * q)]));
                return [.. Enumerable.Range(0, units).Select(i => (1 - both[units + i]) * fresh[i] + both[units + i] * h[i])];
            default:
                return Gate(layer.Activation, "", Sum(0, 0));
        }
    }

    private static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
