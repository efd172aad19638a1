namespace Hillock.Networks.Execution;

/// <summary>Refuses samples that do not fit a network.</summary>
internal static class DatasetChecks
{
    /// <summary>
    /// The samples have to be as many numbers as the network has inputs, of the same shape where both have positions (a plain network reads images
    /// one row after the other), and token ids where the network reads these.
    /// </summary>
    public static void Inputs(NetworkDescription description, Dataset data, string name)
    {
        ArgumentNullException.ThrowIfNull(data, name);
        TensorShape given = data.Shape;
        TensorShape needed = description.Input;
        if (given.IsTokens && !needed.IsTokens)
        {
            throw new ArgumentException($"the samples are token ids ({given}), and the network reads {needed}: it should begin with an embedding", name);
        }

        bool fits = given.IsTokens || needed.IsTokens || (given.Rank > 1 && needed.Rank > 1) ? given == needed : given.Size == needed.Size;
        if (!fits)
        {
            throw new ArgumentException($"the samples have {given}, and the network has {needed.Size} inputs ({needed})", name);
        }

        if (description.Input.IsTokens)
        {
            Tokens(data, description.Input.Vocabulary, name);
        }
    }

    /// <summary>Token ids have to be whole numbers of the vocabulary.</summary>
    private static void Tokens(Dataset data, int vocabulary, string name)
    {
        ReadOnlySpan<float> ids = data.Inputs;
        for (int i = 0; i < ids.Length; i++)
        {
            if (!(ids[i] >= 0 && ids[i] < vocabulary && float.IsInteger(ids[i])))
            {
                throw new ArgumentException($"token {ids[i]} of sample {i / data.Features} is not one of 0 to {vocabulary - 1}", name);
            }
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
            Loss.SoftmaxCrossEntropy => description.Output.Channels,
            Loss.BinaryCrossEntropy => 2,
            _ => 0,
        };
        if (data.Classes != classes)
        {
            string given = data.Classes == 0 ? "a regression" : $"a classification of {data.Classes} classes";
            string needed = classes == 0 ? "a regression" : $"a classification of {classes} classes";
            throw new ArgumentException($"the network's loss ({description.Loss}) needs {needed}, and the samples are {given}", name);
        }

        if (data.LabelsPerSample != description.Output.Positions)
        {
            throw new ArgumentException(
                $"the network judges {description.Output.Positions} {(description.Output.Positions == 1 ? "position" : "positions")} of a sample, "
                + $"and the samples have {data.LabelsPerSample} {(data.LabelsPerSample == 1 ? "label" : "labels")} each",
                name);
        }
    }
}
