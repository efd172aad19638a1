using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Hillock.Benchmarks.Activations.KernelBenchmarks).Assembly).Run(args);
