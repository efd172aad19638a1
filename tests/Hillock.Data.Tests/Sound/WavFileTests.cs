using Hillock.Data.Sound;

namespace Hillock.Data.Tests.Sound;

public class WavFileTests
{
    private const string File = "a.wav";
    private static readonly byte[] Guid = [1, 0, 0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113];

    [Fact]
    public void Sixteen_bits_of_one_channel_are_read()
    {
        Recording recording = WavFile.Read(File, Wav.Bytes(44_100, 1, -2, short.MaxValue, short.MinValue));
        recording.Rate.ShouldBe(44_100);
        recording.Samples.ShouldBe([1, -2, short.MaxValue, short.MinValue]);
    }

    [Fact]
    public void Two_channels_become_their_mean() =>
        WavFile.Read(File, Wav.File(Wav.Format(1, 2, 8000, 16), Wav.Chunk("data", Wav.Data(10, 20, short.MaxValue, short.MaxValue, -6, 2))))
            .Samples.ShouldBe([15, short.MaxValue, -2]);

    [Fact]
    public void Other_parts_are_passed_over()
    {
        byte[] content = Wav.File(
            Wav.Chunk("LIST", [1, 2, 3]), Wav.Format(1, 1, 8000, 16, 0, 0), Wav.Chunk("fact", [1, 0, 0, 0]), Wav.Chunk("data", Wav.Data(7, 8)), Wav.Chunk("id3 ", [1]));
        WavFile.Read(File, content).Samples.ShouldBe([7, 8]);
    }

    [Fact]
    public void The_extensible_format_is_read() =>
        WavFile.Read(File, Wav.File(Wav.Format(0xFFFE, 1, 8000, 16, [22, 0, 16, 0, 4, 0, 0, 0, .. Guid]), Wav.Chunk("data", Wav.Data(7))))
            .Samples.ShouldBe([7]);

    [Fact]
    public void What_is_no_such_file_is_refused()
    {
        byte[] data = Wav.Chunk("data", Wav.Data(1, 2));
        Fails("hello, this is text"u8.ToArray()).ShouldBe("a.wav is no WAV file: it does not begin with RIFF and WAVE");
        Fails([]).ShouldContain("is no WAV file");
        Fails(Wav.File(Wav.Format(1, 1, 8000, 8), data)).ShouldBe("a.wav holds PCM of 8 bits in 1 channel; only PCM (format 1) of 16 bits in 1 or 2 channels is read");
        Fails(Wav.File(Wav.Format(3, 2, 8000, 32), data)).ShouldContain("holds format 3 of 32 bits in 2 channels");
        Fails(Wav.File(Wav.Format(1, 3, 8000, 16), data)).ShouldContain("in 3 channels");
        Fails(Wav.File(Wav.Format(1, 1, 0, 16), data)).ShouldBe("a.wav has 0 samples a second, and 1000 to 384000 are read");
        Fails(Wav.File(Wav.Chunk("fmt ", [1, 0]), data)).ShouldBe("a.wav is damaged: its format has 2 bytes, and at least 16 are needed");
    }

    [Fact]
    public void Truncated_and_disordered_files_are_refused()
    {
        byte[] whole = Wav.Bytes(8000, 1, 2, 3);
        for (int length = 12; length < whole.Length; length++)
        {
            Fails(whole[..length]).ShouldContain("truncated");
        }

        Fails(whole[..^1]).ShouldBe("a.wav is truncated: its part 'data' should have 6 bytes, and 5 are left");
        Fails(Wav.File(Wav.Format(1, 1, 8000, 16), Wav.Chunk("data", [1, 2, 3]))).ShouldContain("3 bytes of sound are not a whole number of samples of 2 bytes");
        Fails(Wav.File(Wav.Format(1, 1, 8000, 16), Wav.Chunk("data", []))).ShouldBe("a.wav holds no sound");
        Fails(Wav.File(Wav.Chunk("data", Wav.Data(1)), Wav.Format(1, 1, 8000, 16))).ShouldContain("its sound comes before its format");
        Fails(Wav.File(Wav.Format(1, 1, 8000, 16))).ShouldContain("it has no part 'data'");
    }

    private static string Fails(byte[] content) => Should.Throw<DataException>(() => WavFile.Read(File, content)).Message;
}
