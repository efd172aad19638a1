using Hillock.Laboratory.Claims;

namespace Hillock.Laboratory;

/// <summary>The published claims about activation functions that can be tried here.</summary>
public static class ClaimCatalogue
{
    /// <summary>The claims that are tried, by number.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        VanishingGradients.Claim,
        DyingRelu.Claim,
        BornDeadNetworks.Claim,
        Sparsity.Claim,
        LinearCollapse.Claim,
        LocalMaps.Claim,
        ReluSpeed.Claim,
        HeInitialisation.Claim,
        GlorotInitialisation.Claim,
        SelfNormalisation.Claim,
        EluMean.Claim,
        FashionActivations.Claim,
        RandomizedRelu.Claim,
        NoisyReluMachine.Claim,
        ZigZag.Claim,
        StepCost.Claim,
        SmoothActivations.Claim,
        ActivityPenalty.Claim,
        LeakyFolklore.Claim,
        TanhFolklore.Claim,
    ];

    /// <summary>Published results that cannot be repeated on two cores.</summary>
    public static IReadOnlyList<ClaimOutOfReach> OutOfReach { get; } =
    [
        new(
            "norb_lfw",
            "Noisy rectified units in restricted Boltzmann machines recognise objects and compare faces better than binary ones",
            "Nair & Hinton, Rectified linear units improve restricted Boltzmann machines, 2010, on NORB and Labeled Faces in the Wild",
            "",
            "the data sets cannot be had here, and their networks need days; noisy_relu_rbm tries the same on MNIST"),
        new(
            "switchboard",
            "Rectifiers lower the word error rate of speech recognition by 2 % absolute",
            "Maas, Hannun & Ng, Rectifier nonlinearities improve neural network acoustic models, 2013",
            "2 % absolute on Switchboard",
            "the 300 hours of speech are licensed, and the training needs a cluster"),
        new(
            "imagenet",
            "PReLU lowers the error on ImageNet at the same cost",
            "He, Zhang, Ren & Sun, Delving deep into rectifiers, 2015",
            "top-5 error 13.34 % (ReLU), 12.75 % (PReLU)",
            "1.2 million images and weeks of graphics processors; he_initialisation tries the analysis, and the trend of the slopes"),
        new(
            "ndsb",
            "Randomised leaky rectifiers win on the National Data Science Bowl",
            "Xu, Wang, Chen & Li, Empirical evaluation of rectified activations in convolutional network, 2015",
            "",
            "the competition's images cannot be had here; rrelu tries the claim on clothes"),
        new(
            "wide_resnets",
            "Swish classifies at least as well as ReLU in deep residual networks",
            "Ramachandran, Zoph & Le, Searching for activation functions, 2017",
            "",
            "wide residual networks need days on two cores; smooth_activations tries the loss on MNIST"),
        new(
            "uci121",
            "Self-normalising networks rank first among network methods on 121 tables of UCI",
            "Klambauer, Unterthiner, Mayr & Hochreiter, Self-normalizing neural networks, 2017",
            "",
            "121 tables with a search of hyper-parameters for each are thousands of trainings; self_normalisation tries the fixed point"),
    ];

    /// <summary>Finds a claim by its name or its number.</summary>
    /// <param name="nameOrNumber">The name, whatever the case, or the number.</param>
    /// <returns>The claim; null where there is none.</returns>
    public static Claim? Find(string nameOrNumber) => All.FirstOrDefault(
        claim => string.Equals(claim.Name, nameOrNumber, StringComparison.OrdinalIgnoreCase) || $"{claim.Number}" == nameOrNumber);
}
