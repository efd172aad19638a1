using System.Text;
using System.Text.Json;
using Hillock.Laboratory.Trials;

namespace Hillock.Laboratory.Tests.Trials;

public sealed class LedgerTests : IDisposable
{
    private static readonly Specification This = new([new("data", "d"), new("epochs", "20"), new("seed", "1")]);
    private static readonly TrialResult[] Trials =
    [
        Planted.Trial("relu", 1, 0.1 + 0.2),
        Planted.Trial("prelu", 2, 1.0 / 3) with
        {
            Layers = [Planted.Layer(3, 5e-324) with { Learned = [new LearnedValues("alpha", [0.1f, float.MaxValue, 1e-45f])] }],
            SampleOutcomes = [0, 255, 7],
        },
        Planted.Trial("tanh", 3, null) with { LearningRate = null },
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("hillock-ledger-").FullName;

    private string File => Path.Combine(_folder, Ledger.FileName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_written_is_read_back_to_the_last_bit()
    {
        WriteAll();
        using Ledger ledger = Open();
        Texts(ledger).ShouldBe(Trials.Select(Text), ignoreOrder: true);
        TrialLayer layer = ledger.Finished["prelu 2"].Layers[0];
        layer.GradientNorm.ShouldBe(5e-324);
        layer.Learned[0].Values.ShouldBe([0.1f, float.MaxValue, 1e-45f]);
        ledger.Finished["relu 1"].Score.ShouldBe(0.1 + 0.2);
    }

    [Fact]
    public void Every_line_is_a_json_document()
    {
        WriteAll();
        string[] lines = System.IO.File.ReadAllLines(File);
        lines.Length.ShouldBe(4);
        foreach (string line in lines)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            document.RootElement.GetProperty("sha256").GetString()!.Length.ShouldBe(16);
        }
    }

    [Fact]
    public void Cut_off_at_any_byte_it_loads_the_whole_lines_and_goes_on_to_the_same_file()
    {
        WriteAll();
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int length = 0; length <= whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            int expected = Math.Max(0, whole.AsSpan(0, length).Count((byte)'\n') - 1);
            using (Ledger ledger = Open())
            {
                Texts(ledger).ShouldBe(Trials.Take(expected).Select(Text), ignoreOrder: true);
                if (length % 97 == 0)
                {
                    Array.ForEach(Trials[expected..], ledger.Append);
                }
            }

            if (length % 97 == 0)
            {
                System.IO.File.ReadAllBytes(File).ShouldBe(whole);
            }
        }
    }

    [Fact]
    public void A_changed_byte_anywhere_is_an_error_that_names_the_line_or_costs_the_last_line_never_wrong_data()
    {
        WriteAll();
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int position = 0; position < whole.Length; position++)
        {
            byte[] damaged = [.. whole];
            damaged[position] ^= (byte)(1 << (position % 8));
            System.IO.File.WriteAllBytes(File, damaged);
            try
            {
                using Ledger ledger = Open();

                // Only a line end that is no longer one may pass: its line is torn off.
                position.ShouldBe(whole.Length - 1);
                Texts(ledger).ShouldBe(Trials[..^1].Select(Text), ignoreOrder: true);
            }
            catch (LaboratoryException exception)
            {
                exception.Message.ShouldContain(File);
                exception.Message.ShouldContain($" line {whole.AsSpan(0, position).Count((byte)'\n') + 1} is damaged");
                exception.Message.ShouldNotContain("\n");
            }
        }
    }

    [Fact]
    public void Another_specification_is_refused_and_the_message_says_what_differs()
    {
        WriteAll();
        byte[] before = System.IO.File.ReadAllBytes(File);
        Specification other = new([new("data", "d"), new("epochs", "30"), new("seed", "1")]);
        LaboratoryException exception = Should.Throw<LaboratoryException>(() => Ledger.Open(_folder, other, []));
        exception.Message.ShouldBe($"{_folder} holds another comparison (epochs 20, not 30); choose another folder");
        System.IO.File.ReadAllBytes(File).ShouldBe(before);
    }

    [Fact]
    public void A_file_that_is_no_ledger_is_left_alone()
    {
        foreach (string content in new[] { "hello", "hello\n", "{}\n", "\n", "\0\0\0\0" })
        {
            System.IO.File.WriteAllText(File, content);
            Should.Throw<LaboratoryException>(Open).Message.ShouldContain(File);
            System.IO.File.ReadAllText(File).ShouldBe(content);
        }
    }

    [Fact]
    public void A_trial_of_no_plan_is_an_error()
    {
        WriteAll();
        Should.Throw<LaboratoryException>(() => Ledger.Open(_folder, This, ["relu 1"])).Message
            .ShouldBe($"{File} line 3 holds a trial that this comparison does not have; delete the line");
    }

    [Fact]
    public void Two_at_once_are_refused()
    {
        using Ledger first = Open();
        Should.Throw<LaboratoryException>(Open).Message.ShouldContain("used by another process");
    }

    [Fact]
    public void A_folder_is_made_where_there_is_none_and_one_that_cannot_be_made_is_an_error()
    {
        using (Ledger.Open(Path.Combine(_folder, "a", "b"), This, []))
        {
            System.IO.File.Exists(Path.Combine(_folder, "a", "b", Ledger.FileName)).ShouldBeTrue();
        }

        System.IO.File.WriteAllText(Path.Combine(_folder, "file"), "");
        Should.Throw<LaboratoryException>(() => Ledger.Open(Path.Combine(_folder, "file", "b"), This, [])).Message.ShouldNotContain("\n");
    }

    [Fact]
    public void Threads_may_write_side_by_side()
    {
        string[] ids = [.. Enumerable.Range(0, 100).Select(i => $"t {i}")];
        using (Ledger ledger = Ledger.Open(_folder, This, ids))
        {
            Parallel.For(0, 100, i => ledger.Append(Planted.Trial("t", i, i)));
        }

        using Ledger again = Ledger.Open(_folder, This, ids);
        again.Finished.Keys.ShouldBe(ids, ignoreOrder: true);
    }

    private static string Text(TrialResult trial) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(trial, LedgerJson.Default.TrialResult));

    private static IEnumerable<string> Texts(Ledger ledger) => ledger.Finished.Values.Select(Text);

    private Ledger Open() => Ledger.Open(_folder, This, Trials.Select(trial => trial.Id));

    private void WriteAll()
    {
        using Ledger ledger = Open();
        Array.ForEach(Trials, ledger.Append);
    }
}
