namespace Hillock.Networks;

/// <summary>How each layer stretches and shrinks small changes of its input at a sample.</summary>
public static class LayerJacobians
{
    /// <summary>
    /// The singular values of the Jacobian from what one activation gives to what the next gives (the first: from the sample), as Glorot &amp; Bengio
    /// (Understanding the difficulty of training deep feedforward neural networks, 2010) measure them: near 1 layer after layer signals and gradients keep
    /// their size, below they vanish, above they explode.
    /// </summary>
    /// <param name="network">A network as <see cref="LocalLinearMap.At"/> reads it, whose activations may be curves.</param>
    /// <param name="sample">The sample.</param>
    /// <returns>For each activation, and for the layers after the last one, the singular values, the greatest first.</returns>
    /// <exception cref="ArgumentException">A layer cannot be analysed, or the sample has the wrong length.</exception>
    public static IReadOnlyList<double[]> SingularValues(Network network, ReadOnlySpan<float> sample)
    {
        AnalysisStage[] stages = AnalysisStage.Of(network);
        double[] values = LocalLinearMap.Sample(network, sample);
        double[][] found = new double[stages.Length][];
        for (int i = 0; i < stages.Length; i++)
        {
            AnalysisStage stage = stages[i];
            values = stage.Map.Apply(values);
            AffineMap jacobian = stage.HasActivation ? stage.Map.Scaled(stage.Slopes(values), new double[values.Length]) : stage.Map;
            found[i] = SingularValueDecomposition.Values(jacobian.Matrix, jacobian.Outputs, jacobian.Inputs);
            values = stage.Activate(values);
        }

        return found;
    }
}
