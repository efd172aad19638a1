using Hillock.Activations;

namespace Hillock.Laboratory;

/// <summary>What a function must be to stand behind layers whose sums lie on both sides of 0.</summary>
internal static class HiddenActivation
{
    /// <summary>Why a function cannot, or null.</summary>
    public static string? Complaint(Activation activation) => activation.Definition.Facts.Domain is { } domain && !domain.Contains(-1)
        ? $"{activation.Name} is defined on {domain.Text} only, and the sums of a layer lie on both sides of 0"
        : null;
}
