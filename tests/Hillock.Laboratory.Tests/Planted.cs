using Hillock.Activations;
using Hillock.Activations.Catalogue;
using Hillock.Networks;

namespace Hillock.Laboratory.Tests;

/// <summary>Activations and results of trials made up by hand, to prove rules on cases whose answer is known.</summary>
internal static class Planted
{
    public static readonly Protocol FiveFolds = new()
    {
        Folds = 5,
        Repeats = 1,
        Holdout = false,
        Epochs = 20,
        BatchSize = 32,
        Network = "mlp:64,32",
        Input = Hillock.Networks.TensorShape.Features(64),
        Outputs = 10,
        Loss = Loss.SoftmaxCrossEntropy,
        Optimizer = OptimizerKind.Adam,
        LearningRate = null,
        SearchRates = [0.001, 0.01, 0.1],
        SearchEpochs = 4,
        Seed = 1,
        Metric = "accuracy",
        SecondaryMetric = "log_loss",
        Sizing = "",
        Search = "",
        Test = "",
        Rule = "",
    };

    public static Activation Activation(string name, CostClass cost = CostClass.Arithmetic, Saturation saturation = Saturation.None) =>
        new(new Definition(name, cost, saturation));

    /// <summary>One trial for each score; a missing score is a diverged trial.</summary>
    public static (Activation, IReadOnlyList<TrialResult>) Candidate(Activation activation, params double?[] scores) =>
        (activation, [.. scores.Select((score, i) => Trial(activation.Name, i + 1, score))]);

    public static TrialResult Trial(string activation, int fold, double? score) => new()
    {
        Id = $"{activation} {fold}",
        Activation = activation,
        Repeat = 1,
        Fold = fold,
        TrainingSamples = 800,
        TestSamples = 200,
        Diverged = score is null,
        LearningRate = 0.01,
        Search = [new(0.001, 0.5), new(0.01, 0.25), new(0.1, null)],
        Score = score,
        SecondaryScore = score is null ? null : 1 - score,
        Epochs = [new(1.5, 1.25, 0.5), new(0.1 + 0.2, 1e-300, 1.0 / 3)],
        TrainingSeconds = 0.5,
        SecondsPerEpoch = 0.125,
        Seconds = 1.5,
        Dead = score is null ? null : 0.01,
        Saturated = score is null ? null : 0.1,
        Sparsity = score is null ? null : 0.5,
        GradientRatio = score is null ? null : 2,
        Layers = score is null ? [] : [Layer(64, 1), Layer(32, 2)],
    };

    public static TrialLayer Layer(int units, double gradientNorm) =>
        new() { Units = units, Dead = 0.01, Saturated = 0.1, Sparsity = 0.5, GradientNorm = gradientNorm, Learned = [] };

    private sealed class Definition(string name, CostClass cost, Saturation saturation) : ActivationDefinition
    {
        public override ActivationFacts Facts { get; } = new()
        {
            Name = name,
            Title = name,
            Summary = "",
            Paper = "",
            Range = "",
            Monotone = true,
            Smooth = true,
            ZeroCentred = true,
            Saturation = saturation,
            Initialisation = Initialisation.Glorot,
            Cost = cost,
            Peers = [],
            Strengths = [],
            Weaknesses = [],
            WhenToUse = "",
        };

        public override bool IsElementwise => true;

        public override string Formula => name;

        public override string Derivative => name;

        public override string FormulaLatex => "";

        public override string? DerivativeLatex => null;

        public override void Forward(ReadOnlySpan<float> input, Span<float> output, int rowLength, in ActivationArguments<float> arguments) =>
            throw new NotSupportedException();

        public override void Backward(
            ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, int rowLength, in ActivationArguments<float> arguments) =>
            throw new NotSupportedException();

        protected override void ParameterGradient(
            ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> contributions, int rowLength, int parameter, in ActivationArguments<float> arguments) =>
            throw new NotSupportedException();

        public override void Forward(ReadOnlySpan<double> input, Span<double> output, int rowLength, in ActivationArguments<double> arguments) =>
            throw new NotSupportedException();

        public override void Backward(
            ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> inputGradient, int rowLength, in ActivationArguments<double> arguments) =>
            throw new NotSupportedException();

        protected override void ParameterGradient(
            ReadOnlySpan<double> input, ReadOnlySpan<double> outputGradient, Span<double> contributions, int rowLength, int parameter, in ActivationArguments<double> arguments) =>
            throw new NotSupportedException();
    }
}
