namespace Hillock.Cli.Benchmarks;

/// <summary>The rate of one product of matrices: the median of runs that take turns with fused multiply-adds in registers.</summary>
/// <param name="M">The rows of the result.</param>
/// <param name="N">Its columns.</param>
/// <param name="K">The terms of each sum.</param>
/// <param name="Threads">Threads that share the product.</param>
/// <param name="Gflops">Thousands of millions of floating-point operations a second, each term being two.</param>
internal sealed record GemmTiming(int M, int N, int K, int Threads, double Gflops);
