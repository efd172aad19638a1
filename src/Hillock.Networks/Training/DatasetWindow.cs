using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Hillock.Networks;

/// <summary>A data set, which is the only window of each epoch.</summary>
internal sealed class DatasetWindow(Dataset data) : SampleWindows(data.Count, data.Shape, data.Classes, data.LabelsPerSample, data.Count)
{
    private readonly SampleWindow _window = new(data);

    public override bool HaveLengths => !data.Lengths.IsEmpty;

    /// <summary>The SHA-256 of all numbers and of how they are cut into samples.</summary>
    public override string Fingerprint
    {
        get
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(MemoryMarshal.AsBytes<int>([data.Count, data.Features, data.Classes, data.LabelsPerSample]));
            const int piece = 1 << 24;
            for (ReadOnlySpan<float> inputs = data.Inputs; !inputs.IsEmpty; inputs = inputs[Math.Min(piece, inputs.Length)..])
            {
                hash.AppendData(MemoryMarshal.AsBytes(inputs[..Math.Min(piece, inputs.Length)]));
            }

            hash.AppendData(MemoryMarshal.AsBytes(data.Labels));
            hash.AppendData(MemoryMarshal.AsBytes(data.Targets));
            hash.AppendData(MemoryMarshal.AsBytes(data.Lengths));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    public override SampleWindow Next(int epoch) => _window;
}
