namespace Hillock.Networks.Execution;

/// <summary>Refuses samples that do not fit a network.</summary>
internal static class DatasetChecks
{
    /// <summary>The features have to be as many as the network's inputs.</summary>
    public static void Inputs(NetworkDescription description, Dataset data, string name)
    {
        ArgumentNullException.ThrowIfNull(data, name);
        if (data.Features != description.Inputs)
        {
            throw new ArgumentException($"the samples have {data.Features} features, and the network has {description.Inputs} inputs", name);
        }
    }

    /// <summary>There have to be samples, whose labels or targets the network's loss can read.</summary>
    public static void InputsAndTargets(NetworkDescription description, Dataset data, string name)
    {
        Inputs(description, data, name);
        if (data.Count == 0)
        {
            throw new ArgumentException("at least one sample is needed, and there is none", name);
        }

        int classes = description.Loss switch
        {
            Loss.SoftmaxCrossEntropy => description.Outputs,
            Loss.BinaryCrossEntropy => 2,
            _ => 0,
        };
        if (data.Classes != classes)
        {
            string given = data.Classes == 0 ? "a regression" : $"a classification of {data.Classes} classes";
            string needed = classes == 0 ? "a regression" : $"a classification of {classes} classes";
            throw new ArgumentException($"the network's loss ({description.Loss}) needs {needed}, and the samples are {given}", name);
        }
    }
}
