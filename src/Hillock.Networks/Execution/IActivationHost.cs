namespace Hillock.Networks.Execution;

/// <summary>A step that can compute the activation behind it as part of its own work.</summary>
internal interface IActivationHost
{
    /// <summary>Takes an activation over, if the step makes what it reads and has none yet.</summary>
    bool TryHost(ActivationUnit unit);
}
