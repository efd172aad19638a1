using Hillock.Activations;
using Hillock.Activations.Random;

namespace Hillock.Networks.Tests;

public class NetworkJsonTests
{
    [Fact]
    public void A_description_is_read_back_as_it_was_written()
    {
        NetworkDescription description = NetworkDescription.Mlp(4, [3], Activation.Parse("leaky_relu(alpha=learn(channel))"), 2, Loss.SoftmaxCrossEntropy);
        string json = NetworkJson.Write(description);
        NetworkJson.Write(NetworkJson.Read(json)).ShouldBe(json);
        json.ShouldBe(
            """
            {
              "input": {
                "dimensions": [
                  4
                ],
                "vocabulary": 0
              },
              "layers": [
                {
                  "layer": "dense",
                  "bias": true,
                  "units": 3
                },
                {
                  "layer": "activation",
                  "activation": "leaky_relu(alpha=learn(channel))"
                },
                {
                  "layer": "dense",
                  "bias": true,
                  "units": 2
                }
              ],
              "loss": "SoftmaxCrossEntropy"
            }
            """);
    }

    [Fact]
    public void A_name_that_says_less_than_the_function_is_spelled_out()
    {
        Activation activation = new(Activation.Parse("leaky_relu").Definition, Activation.Parse("leaky_relu(alpha=0.5)").Modes);
        string json = NetworkJson.Write(NetworkDescription.Mlp(1, [1], activation, 1, Loss.MeanSquaredError));
        json.ShouldContain("leaky_relu(alpha=0.5)");
        Network.Create(NetworkJson.Read(json), RandomKey.FromSeed(1)).Tensors.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("", "not valid")]
    [InlineData("null", "null")]
    [InlineData("[]", "not valid")]
    [InlineData("""{"input":{"dimensions":[2]},"layers":[{"layer":"dense","units":0}],"loss":"MeanSquaredError"}""", "Units is 0")]
    [InlineData("""{"input":{"dimensions":[2]},"layers":[{"layer":"dense","units":2}],"loss":"MeanSquaredError"}""", "exactly 1")]
    [InlineData("""{"input":{"dimensions":[2]},"layers":[{"layer":"dance","units":1}],"loss":"MeanSquaredError"}""", "dance")]
    [InlineData("""{"input":{"dimensions":[2]},"layers":[{"layer":"dense","unit":1}],"loss":"MeanSquaredError"}""", "unit")]
    [InlineData("""{"input":{"dimensions":[2]},"layers":[{"layer":"activation","activation":"rellu"}],"loss":"MeanSquaredError"}""", "relu")]
    [InlineData("""{"input":{"dimensions":[2]},"layers":[null],"loss":"MeanSquaredError"}""", "layer 1")]
    [InlineData("""{"input":{"dimensions":[2]},"loss":"MeanSquaredError"}""", "layers")]
    public void What_describes_no_network_is_refused_in_one_line(string json, string named)
    {
        string message = Should.Throw<FormatException>(() => NetworkJson.Read(json)).Message;
        message.ShouldContain(named);
        message.ShouldNotContain("\n");
    }
}
