using System.Runtime.Intrinsics;

namespace Hillock.Activations.Kernels;

/// <summary>What registers this machine has.</summary>
internal static class RegisterWidths
{
    /// <summary>The widest.</summary>
    public static RegisterWidth Best =>
        Vector512.IsHardwareAccelerated ? RegisterWidth.Bits512 :
        Vector256.IsHardwareAccelerated ? RegisterWidth.Bits256 :
        Vector128.IsHardwareAccelerated ? RegisterWidth.Bits128 : RegisterWidth.Scalar;
}
