using Hillock.Activations;

namespace Hillock.Laboratory;

/// <summary>One candidate on one split, with its own search for a learning rate.</summary>
/// <param name="Id">The hash of the specification; the same for two names of one function.</param>
/// <param name="Activation">The candidate.</param>
/// <param name="Repeat">The repeat, from 1.</param>
/// <param name="Fold">The fold that is tested on, from 1; 1 with a holdout.</param>
public sealed record Trial(string Id, Activation Activation, int Repeat, int Fold);
