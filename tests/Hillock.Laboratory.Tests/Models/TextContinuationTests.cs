using Hillock.Activations;
using Hillock.Activations.Random;
using Hillock.Data;
using Hillock.Networks;

namespace Hillock.Laboratory.Tests.Models;

/// <summary>Models of the next characters of a text.</summary>
public sealed class TextContinuationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_text_that_repeats_itself_is_learned_and_continued()
    {
        string path = Path.Combine(_folder.Path, "a.txt");
        File.WriteAllText(path, string.Concat(Enumerable.Repeat("abacus ", 300)));
        DataSource data = DataSources.Open(path, new DataOptions { Task = TaskKind.NextCharacter, Context = 16 });
        ModelTraining training = ModelTraining.Create(
            data,
            new ModelTrainingOptions { Network = "embedding:8,gru:16", Epochs = 30, LearningRate = 0.02 });
        ModelTrainingResult result = training.Run();
        result.Test!.Scores.Count.ShouldBe(208);
        result.Test.Scores.Accuracy!.Value.ShouldBeGreaterThan(0.9, "all but the first characters of a window can be known");

        string file = Path.Combine(_folder.Path, "model");
        result.Model.Save(file);
        TrainedModel model = TrainedModel.Load(file);
        ModelEvaluation evaluation = model.Evaluate(data.TestPart!);
        evaluation.Scores.Loss.ShouldBe(result.Test.Scores.Loss);
        evaluation.Confusion.ShouldBeNull();

        // Longer than a window, so that the window moves; and shorter.
        TextContinuation bold = new(model, temperature: 0.1);
        string.Concat(bold.After("abacus abacus abacus ab", 30, RandomKey.FromSeed(1))).ShouldBe("acus abacus abacus abacus abac");
        string.Concat(bold.After("s abac", 10, RandomKey.FromSeed(2))).ShouldBe("us abacus ");
        bold.After("", 5, RandomKey.FromSeed(1)).Count().ShouldBe(5);

        // The same key draws the same; a high temperature draws anything.
        TextContinuation wild = new(model, temperature: 50);
        string drawn = string.Concat(wild.After("aba", 60, RandomKey.FromSeed(1)));
        drawn.ShouldBe(string.Concat(wild.After("aba", 60, RandomKey.FromSeed(1))));
        drawn.ShouldNotBe(string.Concat(wild.After("aba", 60, RandomKey.FromSeed(2))));
        drawn.Distinct().Order().ShouldBe(" abcsu");
        Should.Throw<InvalidOperationException>(() => model.Predict(data));
        Should.Throw<ArgumentOutOfRangeException>(() => new TextContinuation(model, 0));
    }

    [Fact]
    public void Candidates_are_not_compared_by_next_characters()
    {
        string path = Path.Combine(_folder.Path, "a.txt");
        File.WriteAllText(path, new string('a', 500));
        DataSource data = DataSources.Open(path, new DataOptions { Task = TaskKind.NextCharacter });
        Should.Throw<LaboratoryException>(() => ComparisonPlan.Create(data, new ComparisonOptions { Activations = [Activation.Parse("relu")] }))
            .Message.ShouldBe("a.txt: candidates are compared by classes or numbers, not by the next characters of a text");
    }
}
