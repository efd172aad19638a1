using Hillock.Networks;

namespace Hillock.Data;

/// <summary>Samples in files that need not fit into memory, and what was learned of them when the files were read for the first time.</summary>
public sealed class StreamedData : IDisposable
{
    private readonly IDisposable[] _files;

    internal StreamedData(string name, string description, IReadOnlyList<string> warnings, Preparation preparation, StreamedDataset samples, StreamedDataset? heldOut, params IDisposable[] files)
    {
        Name = name;
        Description = description;
        Warnings = [.. warnings.Select(OneLine.Of)];
        Preparation = preparation;
        Samples = samples;
        HeldOut = heldOut;
        _files = files;
    }

    /// <summary>The file's or folder's name.</summary>
    public string Name { get; }

    /// <summary>What was detected, in one line.</summary>
    public string Description { get; }

    /// <summary>What the user should know, one line each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>How the inputs are prepared: fitted to <see cref="Samples"/> and nothing else, or that of the model which the samples are for.</summary>
    public Preparation Preparation { get; }

    /// <summary>The samples to learn from, or those for a model, prepared.</summary>
    public StreamedDataset Samples { get; }

    /// <summary>The samples held out, prepared; null where there are none.</summary>
    public StreamedDataset? HeldOut { get; }

    /// <summary>Whether <see cref="SampleLines"/> are known: samples are the lines of a file.</summary>
    public bool HasLines => Samples is Tables.TableStream;

    /// <summary>The line of each of the samples that <see cref="Samples"/> read last, from 1; empty where samples are no lines.</summary>
    public ReadOnlySpan<long> SampleLines => Samples is Tables.TableStream table ? table.Lines : [];

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (IDisposable file in _files)
        {
            file.Dispose();
        }
    }
}
