using System.Text.Json.Serialization;
using Hillock.Networks.Execution;

namespace Hillock.Networks;

/// <summary>
/// One layer of a <see cref="NetworkDescription"/>: immutable, without weights. It says what it makes of an input's shape, which tensors it
/// learns, and which steps compute it.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "layer")]
[JsonDerivedType(typeof(DenseLayer), "dense")]
[JsonDerivedType(typeof(ActivationLayer), "activation")]
[JsonDerivedType(typeof(ConvolutionLayer), "convolution")]
[JsonDerivedType(typeof(PoolLayer), "pool")]
[JsonDerivedType(typeof(GlobalPoolLayer), "global_pool")]
[JsonDerivedType(typeof(BatchNormLayer), "batch_norm")]
[JsonDerivedType(typeof(LayerNormLayer), "layer_norm")]
[JsonDerivedType(typeof(RmsNormLayer), "rms_norm")]
[JsonDerivedType(typeof(GroupNormLayer), "group_norm")]
[JsonDerivedType(typeof(LocalResponseNormLayer), "local_response_norm")]
[JsonDerivedType(typeof(DropoutLayer), "dropout")]
[JsonDerivedType(typeof(AlphaDropoutLayer), "alpha_dropout")]
[JsonDerivedType(typeof(FlattenLayer), "flatten")]
[JsonDerivedType(typeof(EmbeddingLayer), "embedding")]
[JsonDerivedType(typeof(RowsLayer), "rows")]
[JsonDerivedType(typeof(SimpleRecurrentLayer), "rnn")]
[JsonDerivedType(typeof(LstmLayer), "lstm")]
[JsonDerivedType(typeof(GruLayer), "gru")]
[JsonDerivedType(typeof(AttentionLayer), "attention")]
[JsonDerivedType(typeof(ResidualLayer), "residual")]
[JsonDerivedType(typeof(ParallelLayer), "parallel")]
[JsonDerivedType(typeof(ActivityPenaltyLayer), "activity_penalty")]
public abstract record LayerDescription
{
    private protected LayerDescription()
    {
    }

    /// <summary>The layer in the notation of network texts, such as <c>dense:10</c>; errors name the layer by it.</summary>
    [JsonIgnore]
    public abstract string Text { get; }

    /// <summary>
    /// Whether an activation that follows reads this layer's inputs about as they are: normalisation, pooling and dropout pass signals on,
    /// so that weights before them are matched to the activation behind them.
    /// </summary>
    internal virtual bool PassesSignals => false;

    /// <summary>
    /// Whether a sequence keeps its positions, and what comes out at one depends on nothing behind it: so a network may tell what comes next without having seen it.
    /// </summary>
    internal virtual bool IsCausal => false;

    /// <summary>Says what comes out for an input of <see cref="LayerNode.Input"/> and declares the tensors that the layer needs.</summary>
    /// <exception cref="NetworkDescriptionException">The input's shape does not fit (<see cref="LayerNode.Error"/>).</exception>
    internal abstract TensorShape Declare(LayerNode node);

    /// <summary>Adds the layer's steps to a plan.</summary>
    /// <returns>What the next layer reads.</returns>
    internal abstract PlanValue Build(PlanBuilder plan, LayerNode node, PlanValue input);

    /// <summary>Checks a whole number of a description.</summary>
    private protected static int AtLeast(int least, int value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}, and must be at least {least}");
}
