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
        Shapes(description, data.Shape, name);
        if (description.Input.IsTokens && WrongToken(data.Inputs, description.Input.Vocabulary) is >= 0 and int wrong)
        {
            throw new ArgumentException(
                $"token {data.Inputs[wrong]} of sample {wrong / data.Features} is not one of 0 to {description.Input.Vocabulary - 1}", name);
        }
    }

    /// <summary>There have to be samples, whose labels or targets the network's loss can read.</summary>
    public static void InputsAndTargets(NetworkDescription description, Dataset data, string name)
    {
        Inputs(description, data, name);
        Targets(description, data.Count, data.Classes, data.LabelsPerSample, name);
    }

    /// <summary>The same for a stream, whose token ids are looked at when they are read.</summary>
    public static void InputsAndTargets(NetworkDescription description, StreamedDataset stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream, name);
        Shapes(description, stream.Shape, name);
        Targets(description, stream.Count, stream.Classes, labelsPerSample: 1, name);
    }

    /// <summary>The same for a stream that is judged, whose samples are counted.</summary>
    public static void Judged(NetworkDescription description, StreamedDataset stream, string name)
    {
        InputsAndTargets(description, stream, name);
        if (stream.Count > int.MaxValue)
        {
            throw new ArgumentException($"at most {int.MaxValue} samples can be judged at once, and there are {stream.Count}", name);
        }
    }

    /// <summary>The first of some token ids that is not a whole number of the vocabulary; -1 where there is none.</summary>
    public static int WrongToken(ReadOnlySpan<float> ids, int vocabulary)
    {
        for (int i = 0; i < ids.Length; i++)
        {
            if (!(ids[i] >= 0 && ids[i] < vocabulary && float.IsInteger(ids[i])))
            {
                return i;
            }
        }

        return -1;
    }

    private static void Shapes(NetworkDescription description, TensorShape given, string name)
    {
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
    }

    private static void Targets(NetworkDescription description, long count, int given, int labelsPerSample, string name)
    {
        if (count == 0)
        {
            throw new ArgumentException("at least one sample is needed, and there is none", name);
        }

        int classes = description.Loss switch
        {
            Loss.SoftmaxCrossEntropy => description.Output.Channels,
            Loss.BinaryCrossEntropy => 2,
            _ => 0,
        };
        if (given != classes)
        {
            throw new ArgumentException($"the network's loss ({description.Loss}) needs {InWords(classes)}, and the samples are {InWords(given)}", name);
        }

        if (labelsPerSample != description.Output.Positions)
        {
            throw new ArgumentException(
                $"the network judges {description.Output.Positions} {(description.Output.Positions == 1 ? "position" : "positions")} of a sample, "
                + $"and the samples have {labelsPerSample} {(labelsPerSample == 1 ? "label" : "labels")} each",
                name);
        }

        static string InWords(int classes) => classes == 0 ? "a regression" : $"a classification of {classes} classes";
    }
}
