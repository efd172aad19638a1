namespace Hillock.Cli.Benchmarks;

/// <summary>How long a step of training takes: forward, loss, backward and update.</summary>
/// <param name="Workload">The name of the workload.</param>
/// <param name="Activation">The activation of its hidden layers.</param>
/// <param name="Batch">The samples of a step.</param>
/// <param name="Threads">Threads that share a step.</param>
/// <param name="Milliseconds">The median time of a step.</param>
/// <param name="AllocatedBytes">The managed memory that a step allocates once the first ones are done, on all threads of the process.</param>
/// <param name="MemoryBytes">The memory that the training holds: parameters, gradients, moments, the samples of a batch and the buffers of the plan.</param>
internal sealed record TrainingTiming(string Workload, string Activation, int Batch, int Threads, double Milliseconds, long AllocatedBytes, long MemoryBytes);
