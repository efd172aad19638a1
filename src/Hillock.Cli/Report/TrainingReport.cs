using Hillock.Cli.Commands;
using Hillock.Cli.Drawing;
using Hillock.Cli.Output;
using Hillock.Data;
using Hillock.Laboratory;
using Hillock.Networks;

namespace Hillock.Cli.Report;

/// <summary>The report of a training: how it went, what the network takes for what, and how it was made.</summary>
internal static class TrainingReport
{
    /// <summary>The page as HTML.</summary>
    /// <param name="data">What was learned from.</param>
    /// <param name="training">How.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="protocol">Terms and what they stand for: how the network was made.</param>
    /// <param name="time">How long it took.</param>
    public static string Text(
        TrainingSource data,
        ModelTraining training,
        ModelTrainingResult result,
        IEnumerable<(string Term, string Text)> protocol,
        TimeSpan time)
    {
        HtmlPage page = new();
        WriteHead(page, data, training, result);
        WriteCurves(page, training, result, data.Task);
        if (result.Test?.Confusion is { } confusion)
        {
            WriteClasses(page, confusion);
        }

        page.Append(InsidePictures.Sections(result.Diagnosis, result.Probed, data.InMemory is { } samples ? DecisionMap.Draw(result.Model, samples) : null));
        page.Section("How it was made", "The same command gives the same network to the bit, on any number of threads.");
        page.Definitions(protocol);
        page.EndSection();
        return page.Document($"{training.NetworkText} on {data.Name}. Hillock", $"in {Svg.Escape(Words.Duration(time))}.");
    }

    private static string Score(TaskKind task) => task == TaskKind.Regression ? "R²" : "accuracy";

    private static void WriteHead(HtmlPage page, TrainingSource data, ModelTraining training, ModelTrainingResult result)
    {
        Evaluation? scores = result.Test?.Scores;
        string headline = scores is null ? $"loss {Words.Fixed(result.Training.Epochs[^1].TrainingLoss)}" : $"{Score(data.Task)} {Words.Fixed(scores.Accuracy ?? scores.R2!.Value)}";
        page.Append($"<header>\n<p class=\"eyebrow\">{Svg.Escape($"{CandidateLabels.Shorten(training.NetworkText)} on {data.Name}")}</p>\n")
            .Append($"<h1><em>{Svg.Escape(headline)}</em></h1>\n<p class=\"lead\">")
            .Append(Svg.Escape(scores is null ? "No samples were held out: this is the loss of what was learned from." : $"On samples that were not learned from: {Sentences.Scores(scores, data.Task)}."))
            .Append("</p>\n<div class=\"tiles\">\n");
        page.Tile($"{training.TrainingSamples:N0}", "samples learned from");
        page.Tile(training.TestSamples > 0 ? $"{training.TestSamples:N0}" : "", "samples held out");
        page.Tile($"{training.Network.ParameterCount:N0}", "parameters");
        page.Tile($"{result.Training.Epochs.Count}", result.Training.Epochs.Count == 1 ? "epoch" : "epochs");
        page.Tile(Words.Significant(training.LearningRate, 3), "learning rate");
        page.Append("</div>\n</header>\n");
    }

    private static void WriteCurves(HtmlPage page, ModelTraining training, ModelTrainingResult result, TaskKind task)
    {
        string best = training.EndsEarly ? $" The network is that of epoch {result.Training.BestEpoch}, marked, which had the lowest loss of the samples held out." : "";
        page.Section(
            "Learning curves",
            "The loss of what is learned from is the mean over the steps of an epoch, with dropout and augmentation where there are some; "
            + $"what is held out is judged after each epoch.{best}");
        page.Chart(TrainingCurves.Draw(result.Training, result.Test is null ? null : Score(task), training.EndsEarly));
        page.EndSection();
    }

    private static void WriteClasses(HtmlPage page, ConfusionMatrix confusion)
    {
        page.Section("Class by class", "Precision: the share of right ones among the samples taken for a class. Recall: the share of a class's samples that are found.");
        int[] classes = [.. Enumerable.Range(0, confusion.Classes.Count)];
        page.Table(
            ["class", "samples", "precision", "recall", "F1", "most often mistaken for"],
            classes.Select(c => ("", (IEnumerable<string>)
            [
                confusion.Classes[c],
                $"{confusion.Samples(c)}",
                Figure.Optional(confusion.Precision(c), Words.Fixed),
                Figure.Optional(confusion.Recall(c), Words.Fixed),
                Figure.Optional(F1(confusion, c), Words.Fixed),
                Mistaken(confusion, c),
            ])));
        if (classes.Length <= ConfusionChart.MostClasses)
        {
            page.Note("Each row is a class, each column what its samples are taken for: green where right, red where not, the darker the larger the share of the row.");
            page.Chart(ConfusionChart.Draw(confusion));
        }

        page.EndSection();
    }

    /// <summary>The harmonic mean of precision and recall.</summary>
    private static double? F1(ConfusionMatrix confusion, int c) =>
        confusion.Samples(c) + confusion.Predicted(c) is > 0 and int both ? 2.0 * confusion[c, c] / both : null;

    private static string Mistaken(ConfusionMatrix confusion, int actual)
    {
        int most = Enumerable.Range(0, confusion.Classes.Count).Where(c => c != actual).MaxBy(c => confusion[actual, c]);
        return confusion[actual, most] == 0 ? "–" : $"{confusion.Classes[most]} ({confusion[actual, most]})";
    }
}
