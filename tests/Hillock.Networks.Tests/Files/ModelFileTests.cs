using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Networks.Tests.Execution;
using Hillock.Tests;

namespace Hillock.Networks.Tests.Files;

public sealed class ModelFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hillock-model-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "model.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string> Names => LayerNetworks.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_layer_comes_back_as_it_was(string name)
    {
        Network network = Network.Create(LayerNetworks.Named(name), RandomKey.FromSeed(1));
        new RandomStream(RandomKey.FromSeed(2)).FillUniform(network.Values(network.Tensors[^1]), -1, 1);
        ModelFile.Save(Path, network, new Dictionary<string, string> { ["classes"] = """["a \"b\"","ü\n",""]""", ["note"] = "" });
        ModelFile loaded = ModelFile.Load(Path);
        NetworkJson.Write(loaded.Network.Description).ShouldBe(NetworkJson.Write(network.Description));
        loaded.Network.Parameters.Span.SequenceEqual(network.Parameters.Span).ShouldBeTrue();
        loaded.Metadata.ShouldBe(new Dictionary<string, string> { ["classes"] = """["a \"b\"","ü\n",""]""", ["note"] = "" }, ignoreOrder: true);
        _folder.GetFiles().Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_fresh_process_gives_the_same_outputs_to_the_bit()
    {
        Network network = Example();
        ModelFile.Save(Path, network);
        (await InstructionSets.OutputOfMain(typeof(Program), Program.ModelVariable, Path)).ShouldBe(Program.Outputs(network));
    }

    /// <summary>By the layout that the format publishes, without any code of ours.</summary>
    [Fact]
    public void The_bytes_have_the_published_layout()
    {
        Network network = Example();
        ModelFile.Save(Path, network);
        byte[] bytes = File.ReadAllBytes(Path);
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        (length % 8).ShouldBe(0);
        bytes[8].ShouldBe((byte)'{');
        using JsonDocument header = JsonDocument.Parse(bytes.AsMemory(8, length));
        JsonElement metadata = header.RootElement.GetProperty("__metadata__");
        metadata.GetProperty("format").GetString().ShouldBe("hillock.model/2");
        metadata.GetProperty("network").GetString().ShouldBe(NetworkJson.Write(network.Description));
        int end = 0;
        foreach (NetworkTensor tensor in network.Tensors)
        {
            JsonElement entry = header.RootElement.GetProperty(tensor.Name);
            entry.GetProperty("dtype").GetString().ShouldBe("F32");
            entry.GetProperty("shape").EnumerateArray().Select(number => number.GetInt32()).ShouldBe(tensor.Dimensions);
            int[] offsets = [.. entry.GetProperty("data_offsets").EnumerateArray().Select(number => number.GetInt32())];
            offsets[0].ShouldBe(end);
            end = offsets[1];
            float[] values = [.. Enumerable.Range(0, (offsets[1] - offsets[0]) / 4)
                .Select(i => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + length + offsets[0] + (4 * i))))];
            values.ShouldBe(network.Values(tensor).ToArray());
        }

        bytes.Length.ShouldBe(8 + length + end);
        string checksum = metadata.GetProperty("crc32c").GetString()!;
        byte[] unsealed = Encoding.Latin1.GetBytes(
            Encoding.Latin1.GetString(bytes).Replace($"\"crc32c\":\"{checksum}\"", "\"crc32c\":\"00000000\"", StringComparison.Ordinal));
        checksum.ShouldBe(BitByBit(unsealed).ToString("x8", CultureInfo.InvariantCulture));
        header.RootElement.EnumerateObject().Count().ShouldBe(network.Tensors.Count + 1);
    }

    [Fact]
    public void Python_reads_the_same_numbers()
    {
        const string script = """
            import json, struct, sys
            data = open(sys.argv[1], 'rb').read()
            (length,) = struct.unpack_from('<Q', data)
            header = json.loads(data[8:8 + length])
            header.pop('__metadata__')
            for name, entry in header.items():
                assert entry['dtype'] == 'F32'
                begin, end = entry['data_offsets']
                count = 1
                for dimension in entry['shape']:
                    count *= dimension
                assert end - begin == 4 * count
                print(name, sum(struct.unpack_from(f'<{count}f', data, 8 + length + begin)))
            """;
        Network network = Example();
        ModelFile.Save(Path, network);
        ProcessStartInfo start = new("python3")
        {
            ArgumentList = { "-c", script, Path },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process python;
        try
        {
            python = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return;
        }

        using (python)
        {
            string[] lines = python.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            string errors = python.StandardError.ReadToEnd();
            python.WaitForExit();
            python.ExitCode.ShouldBe(0, errors);
            lines.Length.ShouldBe(network.Tensors.Count);
            foreach ((string line, NetworkTensor tensor) in lines.Zip(network.Tensors))
            {
                line.Split(' ')[0].ShouldBe(tensor.Name);
                double.Parse(line.Split(' ')[1]).ShouldBe(network.Values(tensor).ToArray().Sum(value => (double)value), 1e-12);
            }
        }
    }

    [Theory]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"0.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},$M}""", null)]
    [InlineData("""{"0.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},$M,"0.weight":{"data_offsets":[0,8],"shape":[2,1],"dtype":"F32"}}   """, null)]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"0.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},$M}""", "[1, 2], and [2, 1] is expected")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},$M}""", "'0.bias' of shape [1] is missing")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"0.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"x":{"dtype":"F32","shape":[0],"data_offsets":[12,12]},$M}""", "'x' belongs to nothing")]
    [InlineData("""{"0.weight":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"0.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},$M}""", "F64, and F32 is expected")]
    [InlineData("""{"0.weight":{"shape":[2,1],"data_offsets":[0,8]},"0.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},$M}""", "(none)")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"0.bias":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},$M}""", "starts at byte 4")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[4,12]},$M}""", "starts at byte 4")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},$M}""", "take 8 bytes, and 12 follow")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},$M}""", "take 16 bytes, and 12 follow")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[3,1],"data_offsets":[0,8]},$M}""", "does not take the 8 bytes")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[4294967296,4294967296,4611686018427387904],"data_offsets":[0,0]},$M}""", "does not take")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,4]},$M}""", "does not take")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[-2,-1],"data_offsets":[0,8]},$M}""", "-2 among its numbers")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]},$M}""", "2.5 among its numbers")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]},$M}""", "among its numbers")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[8,0]},$M}""", "ascending")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8,9]},$M}""", "two ascending")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8],"more":1},$M}""", "'more'")]
    [InlineData("""{"0.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"0.weight":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},$M}""", "header is not valid")]
    [InlineData("""{"0.weight":[],$M}""", "header is not valid")]
    [InlineData("""{"0.weight":{"dtype":3,"shape":[2,1],"data_offsets":[0,8]},$M}""", "header is not valid")]
    [InlineData("""{"__metadata__":{"format":1}}""", "header is not valid")]
    [InlineData("""{"__metadata__":{"format":null}}""", "null")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"__metadata__":{"format":"pt"}}""", "the format 'pt', and 'hillock.model/2' is expected")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "no format")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"__metadata__":{"format":"hillock.model/1"}}""", "no 'network'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"__metadata__":{"format":"hillock.model/1","network":"{}"}}""", "description of the network is not valid")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"__metadata__":{"format":"hillock.model/1","network":"{\"input\":{\"dimensions\":[65536]},\"layers\":[{\"layer\":\"dense\",\"units\":65536},{\"layer\":\"dense\",\"units\":1}],\"loss\":\"MeanSquaredError\"}"}}""", "'0.weight' of shape [65536, 65536] is missing")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"b""", "header is not valid")]
    [InlineData("""[]""", "does not begin with '{'")]
    [InlineData("", "does not begin with '{'")]
    public void A_tampered_file_is_refused_in_one_line(string header, string? named)
    {
        string network = JsonEncodedText.Encode(NetworkJson.Write(Linear())).ToString();
        Write(header.Replace("$M", "\"__metadata__\":{\"format\":\"hillock.model/1\",\"network\":\"" + network + "\"}", StringComparison.Ordinal));
        if (named is null)
        {
            ModelFile.Load(Path).Network.Weights(0).ToArray().ShouldBe([1, 2]);
            ModelFile.Load(Path).Network.Biases(0).ToArray().ShouldBe([3]);
            return;
        }

        Refused(named);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(int.MaxValue)]
    [InlineData(100_000_001)]
    [InlineData(1000)]
    public void An_absurd_length_of_the_header_is_refused(ulong length)
    {
        Write("{}");
        byte[] bytes = File.ReadAllBytes(Path);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(Path, bytes);
        Refused($"a header of {length} bytes is announced, 14 bytes follow");
    }

    [Fact]
    public void A_file_cut_off_anywhere_or_prolonged_is_refused()
    {
        ModelFile.Save(Path, Network.Create(Linear(), RandomKey.FromSeed(1)));
        byte[] bytes = File.ReadAllBytes(Path);
        for (int length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(Path, bytes[..length]);
            Refused("");
        }

        File.WriteAllBytes(Path, [.. bytes, 0]);
        Refused("and 13 follow");
    }

    [Fact]
    public void A_bit_turned_anywhere_is_noticed_and_among_the_numbers_the_line_says_how()
    {
        ModelFile.Save(Path, Network.Create(Linear(), RandomKey.FromSeed(1)), new Dictionary<string, string> { ["classes"] = """["a", "ü"]""" });
        byte[] bytes = File.ReadAllBytes(Path);
        int start = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] turned = [.. bytes];
            turned[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(Path, turned);
            Refused(bit < 8 * start ? "" : "damaged: it is not what was written");
        }
    }

    /// <summary>Each of these files is whole but for a place in its header; none says by its format or its tensors that something is wrong.</summary>
    [Theory]
    [InlineData("\"note\"", "\"vote\"", "damaged: it is not what was written")]
    [InlineData("one", "two", "damaged: it is not what was written")]
    [InlineData("MeanSquaredError", "BinaryCrossEntropy", "damaged: it is not what was written")]
    [InlineData("\"crc32c\"", "\"crc32d\"", "damaged: its metadata have no 'crc32c'")]
    [InlineData("\"crc32c\":\"", "\"crc32c\": \"", "damaged: it is not what was written")]
    [InlineData("hillock.model/2", "hillock.model/1", "damaged: it is not what was written")]
    [InlineData("hillock.model/2", "hillock.model/3", "the format 'hillock.model/3', and 'hillock.model/2' is expected")]
    public void A_changed_header_is_refused(string from, string to, string named)
    {
        ModelFile.Save(Path, Network.Create(Linear(), RandomKey.FromSeed(1)), new Dictionary<string, string> { ["note"] = "one" });
        byte[] bytes = File.ReadAllBytes(Path);
        string header = Encoding.UTF8.GetString(bytes[8..^12]);
        header.ShouldContain(from);
        Write(header.Replace(from, to, StringComparison.Ordinal), MemoryMarshal.Cast<byte, float>(bytes.AsSpan(bytes.Length - 12)));
        Refused(named);
    }

    /// <summary>As files were written before the checksum took in the header.</summary>
    [Theory]
    [InlineData(",\"crc32c\":\"$C\"", true)]
    [InlineData(",\"crc32c\":\"00000000\"", false)]
    [InlineData("", true)]
    public void A_file_of_the_first_version_is_read_and_its_numbers_are_checked(string checksum, bool isRead)
    {
        string network = JsonEncodedText.Encode(NetworkJson.Write(Linear())).ToString();
        string sum = BitByBit(MemoryMarshal.AsBytes<float>([1, 2, 3])).ToString("x8", CultureInfo.InvariantCulture);
        Write("{\"__metadata__\":{\"format\":\"hillock.model/1\",\"network\":\"" + network + "\"" + checksum.Replace("$C", sum, StringComparison.Ordinal) + "},"
            + "\"0.weight\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},\"0.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}");
        if (!isRead)
        {
            Refused("damaged: it is not what was written");
            return;
        }

        ModelFile.Load(Path).Network.Parameters.Span.ToArray().Where(value => value != 0).ShouldBe([1, 2, 3]);
        ModelFile.Load(Path).Metadata.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "00000000")]
    [InlineData("123456789", "e3069283")]
    [InlineData("The quick brown fox jumps over the lazy dog", "22620404")]
    public void The_checksum_is_that_of_the_literature(string text, string expected)
    {
        Crc32C checksum = default;
        checksum.Add(Encoding.ASCII.GetBytes(text));
        checksum.Text.ShouldBe(expected);
        Crc32C inPieces = default;
        foreach (char letter in text)
        {
            inPieces.Add([(byte)letter]);
        }

        inPieces.Text.ShouldBe(expected);
    }

    /// <summary>CRC-32C by its definition: division by the polynomial 0x1EDC6F41, here with its bits in reverse.</summary>
    private static uint BitByBit(ReadOnlySpan<byte> bytes)
    {
        uint state = uint.MaxValue;
        foreach (byte value in bytes)
        {
            state ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                state = (state >> 1) ^ ((state & 1) * 0x82F63B78);
            }
        }

        return ~state;
    }

    [Fact]
    public void Bytes_turned_at_random_are_refused()
    {
        ModelFile.Save(Path, Network.Create(Linear(), RandomKey.FromSeed(1)));
        byte[] bytes = File.ReadAllBytes(Path);
        RandomStream random = new(RandomKey.FromSeed(11));
        for (int trial = 0; trial < 1000; trial++)
        {
            byte[] turned = [.. bytes];
            turned[random.NextInt32(bytes.Length)] ^= (byte)(1 + random.NextInt32(255));
            File.WriteAllBytes(Path, turned);
            Refused("");
        }
    }

    [Fact]
    public void What_cannot_be_written_leaves_the_file_as_it_was()
    {
        Network network = Example();
        ModelFile.Save(Path, network);
        byte[] before = File.ReadAllBytes(Path);
        foreach (string name in (string[])["network", "format", "crc32c"])
        {
            Should.Throw<ArgumentException>(() => ModelFile.Save(Path, network, new Dictionary<string, string> { [name] = "" })).Message.ShouldContain($"'{name}'");
        }

        Should.Throw<IOException>(() => ModelFile.Save(System.IO.Path.Combine(_folder.FullName, "none", "model"), network)).Message.ShouldContain("there is no folder");
        Should.Throw<IOException>(() => ModelFile.Save(_folder.FullName, network));
        File.ReadAllBytes(Path).ShouldBe(before);
        _folder.GetFiles().Length.ShouldBe(1);
        Should.Throw<FileNotFoundException>(() => ModelFile.Load(Path + "x"));
    }

    private static NetworkDescription Linear() => NetworkDescription.Mlp(2, [], Activation.Parse("relu"), 1, Loss.MeanSquaredError);

    private static Network Example() => Network.Create(
        new NetworkDescription(
            TensorShape.Features(7),
            [new DenseLayer(5), new BatchNormLayer(), new ActivationLayer(Activation.Parse("prelu")), new DenseLayer(3)],
            Loss.SoftmaxCrossEntropy),
        RandomKey.FromSeed(1));

    private void Refused(string named)
    {
        ModelFileException exception = Should.Throw<ModelFileException>(() => ModelFile.Load(Path));
        exception.Message.ShouldStartWith(Path + ": ");
        exception.Message.ShouldContain(named);
        exception.Message.ShouldNotContain("\n");
        exception.Path.ShouldBe(Path);
    }

    /// <summary>A file of a header and the numbers 1, 2 and 3.</summary>
    private void Write(string header) => Write(header, [1, 2, 3]);

    private void Write(string header, ReadOnlySpan<float> numbers)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)text.Length);
        File.WriteAllBytes(Path, [.. length, .. text, .. MemoryMarshal.AsBytes(numbers)]);
    }
}
