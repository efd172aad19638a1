namespace Hillock.Networks;

/// <summary>Looks into networks: dead and saturated units, sparsity, vanishing gradients.</summary>
public static class NetworkDiagnosis
{
    /// <summary>Measures a network on samples, as it is, without training it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="training">The samples that it was trained on; at least one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network.</exception>
    public static DiagnosisResult Measure(Network network, Dataset training, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();
}
