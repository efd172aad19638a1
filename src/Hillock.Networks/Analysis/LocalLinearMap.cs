namespace Hillock.Networks;

/// <summary>
/// A network whose activations are made of straight pieces is, near any sample, one linear map: f(x) = A(x)·x + c(x) (Montúfar et al., On the number of
/// linear regions of deep neural networks, 2014). These are found exactly, in double precision, from the network's weights.
/// </summary>
public static class LocalLinearMap
{
    /// <summary>The linear map that a network is in the neighbourhood of a sample, in evaluation.</summary>
    /// <param name="network">
    /// Dense, convolutional, batch normalisation, average pooling, flatten and dropout layers in sequence, with activations of straight pieces (relu,
    /// leaky_relu, prelu, hard_tanh, ...).
    /// </param>
    /// <param name="sample">The sample; at a bend the map is the one of the left side.</param>
    /// <returns>The map from the samples to the outputs of the last layer (logits).</returns>
    /// <exception cref="ArgumentException">A layer is none of these, or the sample has the wrong length; one line says which.</exception>
    public static AffineMap At(Network network, ReadOnlySpan<float> sample)
    {
        AnalysisStage[] stages = AnalysisStage.Of(network);
        double[] values = Sample(network, sample);
        AffineMap? whole = null;
        foreach (AnalysisStage stage in stages)
        {
            whole = whole is null ? stage.Map : stage.Map.After(whole);
            values = stage.Map.Apply(values);
            if (!stage.HasActivation)
            {
                continue;
            }

            double[] slopes = new double[values.Length];
            double[] intercepts = new double[values.Length];
            PiecewiseLinearFunction[] pieces = stage.Pieces;
            for (int i = 0; i < values.Length; i++)
            {
                (slopes[i], intercepts[i]) = pieces[i].Line(pieces[i].PieceAt(values[i]));
                values[i] = (slopes[i] * values[i]) + intercepts[i];
            }

            whole = whole.Scaled(slopes, intercepts);
        }

        return whole!;
    }

    /// <summary>The one linear map that a network without activations is, however many layers it has.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentException">The network has an activation that bends, or a layer that is no linear map.</exception>
    public static AffineMap Collapse(Network network)
    {
        if (Array.Find(AnalysisStage.Of(network), stage => stage.HasActivation && stage.Pieces.Any(unit => unit.Kinks.Length > 0)) is { } bent)
        {
            throw new ArgumentException($"{bent.Name} bends: a network with it is a different linear map for every region of samples", nameof(network));
        }

        return At(network, new float[network.Description.Inputs]);
    }

    /// <summary>A sample in double precision.</summary>
    internal static double[] Sample(Network network, ReadOnlySpan<float> sample)
    {
        if (sample.Length != network.Description.Inputs)
        {
            throw new ArgumentException($"the network reads {network.Description.Inputs} numbers, and {sample.Length} were given", nameof(sample));
        }

        double[] values = new double[sample.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = sample[i];
        }

        return values;
    }
}
