using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Hillock.Data;

/// <summary>SHA-256 over values of several kinds, each marked by its kind and length so that no two contents give the same bytes.</summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _used;

    public ContentHash(string format) => Add(format);

    public void Add(long value) => AddWord('n', value);

    public void Add(double value) => AddWord('d', BitConverter.DoubleToInt64Bits(value));

    public void Add(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        AddWord('t', bytes.Length);
        AddBytes(bytes);
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        AddWord('b', bytes.Length);
        AddBytes(bytes);
    }

    public void Add(TargetValues target)
    {
        Add(target.Task == TaskKind.Classification ? "classification" : "regression");
        Add(target.Classes.Count);
        foreach (string name in target.Classes)
        {
            Add(name);
        }

        foreach (int label in target.Labels)
        {
            Add(label);
        }

        foreach (double value in target.Values)
        {
            Add(value);
        }
    }

    /// <summary>The hash in lower-case hexadecimal.</summary>
    public string Finish()
    {
        Flush();
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void AddWord(char kind, long word)
    {
        const int Size = 1 + sizeof(long);
        if (_used + Size > _buffer.Length)
        {
            Flush();
        }

        _buffer[_used] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_used + 1), word);
        _used += Size;
    }

    private void AddBytes(ReadOnlySpan<byte> bytes)
    {
        Flush();
        _hash.AppendData(bytes);
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _used);
        _used = 0;
    }
}
