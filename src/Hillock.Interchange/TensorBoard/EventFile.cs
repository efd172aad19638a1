using System.Globalization;
using Google.Protobuf;

namespace Hillock.Interchange.TensorBoard;

/// <summary>
/// Writes an event file, which TensorBoard reads while it grows. A folder may hold several, of one run that was interrupted and went on. Not safe to be used
/// by several threads at once.
/// </summary>
/// <remarks>
/// The messages, with their field numbers, are those of TensorFlow's <c>event.proto</c> and <c>summary.proto</c>: Event { wall_time 1, step 2,
/// file_version 3, summary 5 }, Summary { value 1 }, Value { tag 1, simple_value 2, histo 5 }, HistogramProto { min 1, max 2, num 3, sum 4,
/// sum_squares 5, bucket_limit 6, bucket 7 }.
/// </remarks>
public sealed class EventFile : IDisposable
{
    private const string Version = "brain.Event:2";

    private readonly FileStream _stream;
    private readonly TimeProvider _time;

    /// <summary>Begins a file in a folder.</summary>
    /// <param name="folder">The folder; made where it does not exist.</param>
    /// <param name="time">What the time is; null for the system's.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public EventFile(string folder, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _time = time ?? TimeProvider.System;
        Directory.CreateDirectory(folder);
        long seconds = _time.GetUtcNow().ToUnixTimeSeconds();
        string stem = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:0000000000}.{Environment.MachineName}.{Environment.ProcessId}");
        _stream = Begin(folder, stem);
        WriteEvent(step: 0, output =>
        {
            output.WriteTag(3, WireFormat.WireType.LengthDelimited);
            output.WriteString(Version);
        });
        Flush();
    }

    /// <summary>The file.</summary>
    public string Path => _stream.Name;

    /// <summary>Adds a number.</summary>
    /// <param name="tag">What it is, such as <c>loss/training</c>: what stands before the slash groups the charts.</param>
    /// <param name="value">The number; NaN and infinities are shown as such.</param>
    /// <param name="step">When it was so: an epoch or a step, from 0.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void AddScalar(string tag, double value, long step) => WriteValue(tag, step, output =>
    {
        output.WriteTag(2, WireFormat.WireType.Fixed32);
        output.WriteFloat((float)value);
    });

    /// <summary>Adds a histogram.</summary>
    /// <param name="tag">What it is of.</param>
    /// <param name="histogram">The histogram.</param>
    /// <param name="step">When it was so.</param>
    /// <exception cref="ArgumentException">There are not as many edges as counts, or none.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void AddHistogram(string tag, EventHistogram histogram, long step)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        if (histogram.UpperEdges.Count != histogram.Counts.Count || histogram.Counts.Count == 0)
        {
            throw new ArgumentException(
                $"a histogram needs as many edges as counts, and at least one: {histogram.UpperEdges.Count} and {histogram.Counts.Count} were given", nameof(histogram));
        }

        double[] fields = [histogram.Minimum, histogram.Maximum, histogram.Counts.Sum(), histogram.Sum, histogram.SumOfSquares];
        WriteValue(tag, step, output => WriteMessage(output, 5, message =>
        {
            for (int i = 0; i < fields.Length; i++)
            {
                message.WriteTag(i + 1, WireFormat.WireType.Fixed64);
                message.WriteDouble(fields[i]);
            }

            WritePacked(message, 6, histogram.UpperEdges);
            WritePacked(message, 7, histogram.Counts);
        }));
    }

    /// <summary>Makes what was added visible to readers.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Flush() => _stream.Flush();

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    /// <summary>Makes a file of its own, also where one of this second and process is there.</summary>
    private static FileStream Begin(string folder, string stem)
    {
        for (int i = 0; ; i++)
        {
            string path = System.IO.Path.Combine(folder, i == 0 ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem}.{i}"));
            if (!File.Exists(path))
            {
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            }
        }
    }

    private void WriteValue(string tag, long step, Action<CodedOutputStream> writeContent)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        WriteEvent(step, output => WriteMessage(output, 5, summary => WriteMessage(summary, 1, value =>
        {
            value.WriteTag(1, WireFormat.WireType.LengthDelimited);
            value.WriteString(tag);
            writeContent(value);
        })));
    }

    private void WriteEvent(long step, Action<CodedOutputStream> writeContent)
    {
        double seconds = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        RecordFraming.Write(_stream, Message(output =>
        {
            output.WriteTag(1, WireFormat.WireType.Fixed64);
            output.WriteDouble(seconds);
            if (step != 0)
            {
                output.WriteTag(2, WireFormat.WireType.Varint);
                output.WriteInt64(step);
            }

            writeContent(output);
        }));
    }

    private static void WriteMessage(CodedOutputStream output, int field, Action<CodedOutputStream> writeContent)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(Message(writeContent)));
    }

    private static void WritePacked(CodedOutputStream output, int field, IReadOnlyList<double> values)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteLength(values.Count * sizeof(double));
        foreach (double value in values)
        {
            output.WriteDouble(value);
        }
    }

    private static byte[] Message(Action<CodedOutputStream> writeContent)
    {
        using MemoryStream memory = new();
        using (CodedOutputStream output = new(memory, leaveOpen: true))
        {
            writeContent(output);
        }

        return memory.ToArray();
    }
}
